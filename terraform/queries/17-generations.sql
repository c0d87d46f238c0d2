-- From one share to the next, by generation
--
-- How often links are passed on again: shares by how often the link had been passed on before, and the median time
-- since the share they came of, in seconds.
-- Cannot know: links that were forwarded inside an app without our page: they carry the same code, and are no new
-- share.

WITH days AS (
  SELECT * FROM recommendations
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
times AS (
  SELECT generation, seconds_after_parent AS seconds,
    row_number() OVER (PARTITION BY generation ORDER BY seconds_after_parent) AS place, count(*) OVER (PARTITION BY generation) AS timed
  FROM days
  WHERE seconds_after_parent IS NOT NULL
),
medians AS (
  SELECT generation, timed, avg(1e0 * seconds) AS median_seconds
  FROM times
  WHERE 2 * place BETWEEN timed AND timed + 2
  GROUP BY generation, timed
),
counted AS (
  SELECT generation, sum(shares) AS shares, sum(arrivals) AS arrivals
  FROM days
  WHERE code <> '(other)'
  GROUP BY generation
)
SELECT counted.generation, counted.shares, counted.arrivals, medians.timed, medians.median_seconds
FROM counted
LEFT JOIN medians ON medians.generation = counted.generation
ORDER BY counted.generation
