-- Days that are not complete, or missing
--
-- Days that are not over, or of which a record has no receipt yet; and, in missing_before, how many days without any
-- table lie before a day. Leave them out of comparisons. No rows: all days are whole.
-- Cannot know: days that are missing at the end or the beginning of the range.

WITH days AS (
  SELECT * FROM quality
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
daily AS (
  SELECT dt, bool_and(complete) AS complete, sum(CASE WHEN outcome = 'failed' THEN records ELSE 0 END) AS failed
  FROM days
  GROUP BY dt
),
ordered AS (
  SELECT dt, complete, failed, coalesce(date_diff('day', CAST(lag(dt) OVER (ORDER BY dt) AS date), CAST(dt AS date)) - 1, 0) AS missing_before
  FROM daily
)
SELECT dt, complete, failed, missing_before
FROM ordered
WHERE NOT complete OR missing_before > 0
ORDER BY dt
