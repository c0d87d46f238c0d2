-- Links that were sent, and nobody came
--
-- Pages of which apps drew a link preview, so that somebody had put the link into a message, while no visit from a
-- private or public app came. The 100 with the most previews.
-- Cannot know: whether the message was sent, or whether somebody came whose app hides itself: that one is direct.

WITH days AS (
  SELECT * FROM pages
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
)
SELECT page, sum(previews) AS previews, sum(arrivals) AS arrivals
FROM days
WHERE page <> '(other)'
GROUP BY page
HAVING sum(previews) > 0 AND sum(private_arrivals) + sum(public_arrivals) = 0
ORDER BY previews DESC, page
LIMIT 100
