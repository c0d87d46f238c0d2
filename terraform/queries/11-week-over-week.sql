-- Week over week, by channel
--
-- Visits of each week, Monday to Sunday, by channel, beside those of the week before, and the change in percent. A
-- week of fewer than 7 days says so in the column days: do not compare it. An empty
-- channel are browsers that object.
-- Cannot know: why. A holiday and a front page look alike.

WITH days AS (
  SELECT * FROM arrivals
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
weeks AS (
  SELECT date_trunc('week', CAST(dt AS date)) AS monday, count(DISTINCT dt) AS days
  FROM days
  GROUP BY date_trunc('week', CAST(dt AS date))
),
channels AS (
  SELECT date_trunc('week', CAST(dt AS date)) AS monday, channel, sum(arrivals) AS arrivals
  FROM days
  GROUP BY date_trunc('week', CAST(dt AS date)), channel
)
SELECT CAST(CAST(this.monday AS date) AS varchar) AS monday, weeks.days, this.channel, this.arrivals, before.arrivals AS week_before,
  round(1e2 * (this.arrivals - before.arrivals) / before.arrivals, 1) AS change_percent
FROM channels this
JOIN weeks ON weeks.monday = this.monday
LEFT JOIN channels before ON before.channel = this.channel AND before.monday = this.monday - INTERVAL '7' DAY
ORDER BY monday, this.arrivals DESC, this.channel
