-- Hours of a page's life
--
-- How the ten largest pages spread: visits from private and public apps, and link previews, by hours since the first
-- that was seen of the page in the range.
-- Cannot know: what came before the range, and hours of days on which a page was not among the day's largest.

WITH days AS (
  SELECT * FROM page_hours
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
largest AS (
  SELECT page, min(hour) AS born
  FROM days
  WHERE page NOT IN ('(other)', '(objected)')
  GROUP BY page
  ORDER BY sum(arrivals) DESC, page
  LIMIT 10
)
SELECT days.page, date_diff('hour', largest.born, days.hour) AS hours, sum(days.arrivals) AS arrivals,
  sum(CASE WHEN days.visibility = 'private' THEN days.arrivals ELSE 0 END) AS private_arrivals,
  sum(CASE WHEN days.visibility = 'public' THEN days.arrivals ELSE 0 END) AS public_arrivals, sum(days.previews) AS previews
FROM days
JOIN largest ON largest.page = days.page
GROUP BY days.page, date_diff('hour', largest.born, days.hour)
ORDER BY days.page, hours
