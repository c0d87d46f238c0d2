-- Private against public, by article
--
-- Which articles people hand to people they know, and which spread by posts that everybody can see. The 100 with the
-- most visits.
-- Cannot know: what of the visits that are neither was private. Pages beyond the largest of a day are one row in the
-- table, which is left out here.

WITH days AS (
  SELECT * FROM pages
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
)
SELECT page, max_by(title, dt) FILTER (WHERE title <> '') AS title,
  sum(arrivals) AS arrivals, sum(private_arrivals) AS private_arrivals, sum(public_arrivals) AS public_arrivals,
  round(1e2 * sum(private_arrivals) / nullif(sum(private_arrivals) + sum(public_arrivals), 0), 1) AS percent_private
FROM days
WHERE page NOT IN ('(other)', '(objected)')
GROUP BY page
ORDER BY arrivals DESC, page
LIMIT 100
