-- Which articles are passed on by those who read them
--
-- Shares per 100 readers, by article, and how many readers it takes for a share. The 100 with the most shares.
-- Cannot know: readers among visits the script in the page did not tell of. percent_measured is how many of 100 it
-- did: where that is small, shares of all are set against readers of a few. A copied address is a share only if an
-- app drew a preview of it.

WITH days AS (
  SELECT * FROM pages
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
)
SELECT page, round(1e2 * sum(measured) / sum(arrivals), 1) AS percent_measured, sum(readers) AS readers, sum(shares) AS shares,
  round(1e2 * sum(shares) / nullif(sum(readers), 0), 1) AS shares_per_100_readers,
  round(1e0 * sum(readers) / nullif(sum(shares), 0), 1) AS readers_per_share
FROM days
WHERE readers IS NOT NULL AND page NOT IN ('(other)', '(objected)')
GROUP BY page
ORDER BY shares DESC, page
LIMIT 100
