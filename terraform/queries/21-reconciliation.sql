-- Reconciliation: what became of every line
--
-- By day and door: lines that were read, and what became of them. Labelled, duplicate, filtered and failed add up to
-- all. Compare lines with the CDN's own count of requests.
-- Cannot know: lines that never came: a log that was not delivered, or not announced.

WITH days AS (
  SELECT * FROM quality
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
)
SELECT dt, door,
  sum(CASE WHEN outcome IN ('labelled', 'duplicate', 'filtered', 'failed') THEN records ELSE 0 END) AS lines,
  sum(CASE WHEN outcome = 'labelled' THEN records ELSE 0 END) AS labelled,
  sum(CASE WHEN outcome = 'duplicate' THEN records ELSE 0 END) AS duplicate,
  sum(CASE WHEN outcome = 'filtered' THEN records ELSE 0 END) AS filtered,
  sum(CASE WHEN outcome = 'failed' THEN records ELSE 0 END) AS failed,
  sum(CASE WHEN outcome = 'unknown_app' THEN records ELSE 0 END) AS of_unknown_apps,
  bool_and(complete) AS complete
FROM days
GROUP BY dt, door
ORDER BY dt, door
