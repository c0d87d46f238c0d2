-- Where readers come from
--
-- Of each source, how many visits were measured, how many of 100 of these read the page, how long a measured visit
-- lasted in seconds, and how many of 100 lasted two minutes or longer.
-- Cannot know: how the other visits read: without the script in the page nobody knows.

WITH days AS (
  SELECT * FROM arrivals
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
)
SELECT channel, source, sum(arrivals) AS arrivals, sum(measured) AS measured, sum(readers) AS readers,
  round(1e2 * sum(readers) / sum(measured), 1) AS percent_readers,
  round(1e0 * sum(engaged_seconds) / sum(measured), 1) AS seconds_per_visit,
  round(1e2 * (sum(read_120s) + sum(read_300s)) / sum(measured), 1) AS percent_two_minutes
FROM days
GROUP BY channel, source
HAVING sum(measured) > 0
ORDER BY measured DESC, channel, source
