-- How far recommendations go
--
-- Recommendations by the visits they and all that came of them brought: on which page, how many shares, how often
-- passed on, for how many days. The 100 largest.
-- Cannot know: who passed them on, and visits whose link had lost its code.

WITH days AS (
  SELECT * FROM recommendations
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
)
SELECT root, max(CASE WHEN generation = 0 THEN page END) AS page, sum(shares) AS shares, max(generation) AS generations,
  sum(previews) AS previews, sum(arrivals) AS arrivals, count(DISTINCT dt) AS days
FROM days
WHERE root <> '(other)'
GROUP BY root
ORDER BY arrivals DESC, root
LIMIT 100
