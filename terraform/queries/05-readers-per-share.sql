-- What a share brings, by button and app
--
-- How many visits, and how many readers, come of one share: by the button that was used, and the app as far as it is
-- known.
-- Cannot know: visits whose link had lost its code, which count for no share; and readers among visits that were not
-- measured. A copied link has an app only if one drew a preview of it.

WITH days AS (
  SELECT * FROM shares
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
)
SELECT button, app, sum(shares) AS shares, sum(previews) AS previews, sum(arrivals) AS arrivals,
  sum(measured) AS measured, sum(readers) AS readers,
  round(1e0 * sum(arrivals) / nullif(sum(shares), 0), 2) AS arrivals_per_share,
  round(1e0 * sum(readers) / nullif(sum(shares), 0), 2) AS readers_per_share
FROM days
GROUP BY button, app
ORDER BY shares DESC, button, app
