-- From the share to its first visit, by page
--
-- The median time from a share to the first visit by its link, in seconds, by the page that was shared.
-- Cannot know: shares that nobody opened, which have no time, and recommendations that brought few visits, of which
-- no times are told.

WITH days AS (
  SELECT * FROM recommendations
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
times AS (
  SELECT page, seconds_to_open AS seconds,
    row_number() OVER (PARTITION BY page ORDER BY seconds_to_open) AS place, count(*) OVER (PARTITION BY page) AS opened
  FROM days
  WHERE seconds_to_open IS NOT NULL
)
SELECT page, opened, avg(1e0 * seconds) AS median_seconds
FROM times
WHERE 2 * place BETWEEN opened AND opened + 2
GROUP BY page, opened
ORDER BY opened DESC, page
