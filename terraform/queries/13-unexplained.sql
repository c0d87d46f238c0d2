-- Direct that is still unexplained
--
-- By day, how much of what other tools call direct has a name here, and how much stays direct: typed, a bookmark or
-- an app (typed_or_app), a page that hides itself (hidden_web), or nobody knows.
-- Cannot know: what the rest was. It is no measure of dark social by itself.

WITH days AS (
  SELECT * FROM arrivals
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
daily AS (
  SELECT dt, sum(arrivals) AS called_direct,
    sum(CASE WHEN channel = 'direct' THEN arrivals ELSE 0 END) AS still_direct,
    sum(CASE WHEN direct_kind = 'typed_or_app' THEN arrivals ELSE 0 END) AS typed_or_app,
    sum(CASE WHEN direct_kind = 'hidden_web' THEN arrivals ELSE 0 END) AS hidden_web,
    sum(CASE WHEN direct_kind = 'unknown' THEN arrivals ELSE 0 END) AS nobody_knows
  FROM days
  WHERE by_referrer = 'direct'
  GROUP BY dt
)
SELECT dt, called_direct, still_direct, typed_or_app, hidden_web, nobody_knows,
  round(1e2 * still_direct / called_direct, 1) AS percent_unexplained
FROM daily
ORDER BY dt
