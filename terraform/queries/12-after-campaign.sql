-- What changed after a campaign began
--
-- Each campaign by its tag: the first day it brought visits, and visits of a day in the week before and in the week
-- since: from messengers, and of all but the campaign. A campaign that began before the range seems to begin with it:
-- then days_before is 0.
-- Cannot know: whether the campaign was the cause. Dark social after a campaign is often the campaign handed on
-- without its tag, and as often the news.

WITH tagged AS (
  SELECT * FROM campaigns
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
days AS (
  SELECT * FROM arrivals
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
launches AS (
  SELECT utm_campaign, min(dt) AS first_day, sum(arrivals) AS arrivals
  FROM tagged
  WHERE utm_campaign NOT IN ('', '(other)')
  GROUP BY utm_campaign
),
brought AS (
  SELECT utm_campaign, dt, sum(arrivals) AS arrivals
  FROM tagged
  GROUP BY utm_campaign, dt
),
daily AS (
  SELECT dt, sum(arrivals) AS arrivals, sum(CASE WHEN channel = 'dark_social' THEN arrivals ELSE 0 END) AS dark_social
  FROM days
  GROUP BY dt
),
around AS (
  SELECT launches.utm_campaign, launches.first_day, launches.arrivals, daily.dt < launches.first_day AS before,
    daily.dark_social, daily.arrivals - coalesce(brought.arrivals, 0) AS others
  FROM launches
  JOIN daily ON CAST(daily.dt AS date) >= CAST(launches.first_day AS date) - INTERVAL '7' DAY
    AND CAST(daily.dt AS date) < CAST(launches.first_day AS date) + INTERVAL '7' DAY
  LEFT JOIN brought ON brought.utm_campaign = launches.utm_campaign AND brought.dt = daily.dt
)
SELECT utm_campaign, first_day, arrivals,
  sum(CASE WHEN before THEN 1 ELSE 0 END) AS days_before, sum(CASE WHEN before THEN 0 ELSE 1 END) AS days_since,
  round(avg(CASE WHEN before THEN 1e0 * dark_social END), 1) AS dark_social_before,
  round(avg(CASE WHEN before THEN NULL ELSE 1e0 * dark_social END), 1) AS dark_social_since,
  round(avg(CASE WHEN before THEN 1e0 * others END), 1) AS others_before,
  round(avg(CASE WHEN before THEN NULL ELSE 1e0 * others END), 1) AS others_since
FROM around
GROUP BY utm_campaign, first_day, arrivals
ORDER BY arrivals DESC, utm_campaign
