-- Who comes out of messengers, against all others
--
-- Devices and countries of visits from messengers and private mail beside those of all other visits, in percent of
-- each.
-- Cannot know: anything of a person: a country is that of the network. Values with few visits are one row (few), by
-- source and day, so a country can be larger than its row.

WITH days AS (
  SELECT * FROM audience
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
counted AS (
  SELECT dimension, value, sum(CASE WHEN channel = 'dark_social' THEN arrivals ELSE 0 END) AS dark_social,
    sum(CASE WHEN channel = 'dark_social' THEN 0 ELSE arrivals END) AS others
  FROM days
  GROUP BY dimension, value
)
SELECT dimension, value, dark_social, others,
  round(1e2 * dark_social / nullif(sum(dark_social) OVER (PARTITION BY dimension), 0), 1) AS percent_of_dark_social,
  round(1e2 * others / nullif(sum(others) OVER (PARTITION BY dimension), 0), 1) AS percent_of_others
FROM counted
ORDER BY dimension, dark_social DESC, others DESC, value
