-- Dark social by app and day
--
-- How many visits came out of messengers and private mail, by app and day, and how many of 100 of the day's visits
-- that is.
-- Cannot know: what was written there, or by whom. An app that hides itself is not in it; visits that stay direct may
-- well be of one.

WITH days AS (
  SELECT * FROM arrivals
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
whole AS (
  SELECT dt, sum(arrivals) AS arrivals
  FROM days
  GROUP BY dt
),
apps AS (
  SELECT dt, source, sum(arrivals) AS arrivals
  FROM days
  WHERE channel = 'dark_social'
  GROUP BY dt, source
)
SELECT apps.dt, apps.source, apps.arrivals, round(1e2 * apps.arrivals / whole.arrivals, 1) AS percent_of_day
FROM apps
JOIN whole ON whole.dt = apps.dt
ORDER BY apps.dt, apps.arrivals DESC, apps.source
