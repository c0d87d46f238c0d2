-- Direct, taken apart
--
-- What the visits really were that tools which read only Referer and campaign tags call direct. A row a source:
-- direct in the column channel is what is left of it.
-- Cannot know: who of those that stay direct typed the address. Rows of logs without a Referer are not in it: of them
-- nobody can say what such a tool would see.

WITH days AS (
  SELECT * FROM arrivals
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
sources AS (
  SELECT channel, source, visibility, direct_kind, sum(arrivals) AS arrivals
  FROM days
  WHERE by_referrer = 'direct'
  GROUP BY channel, source, visibility, direct_kind
)
SELECT channel, source, visibility, direct_kind, arrivals,
  round(1e2 * arrivals / sum(arrivals) OVER (), 1) AS percent
FROM sources
ORDER BY arrivals DESC, channel, source, visibility, direct_kind
