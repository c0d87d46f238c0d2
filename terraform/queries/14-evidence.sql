-- The evidence behind a source
--
-- By which rule visits were given to their source, strongest rule first, and how many of 100 of the source's visits
-- each rule speaks for. The rules are in docs/rules.md.
-- Cannot know: how often a rule errs; the column confidence of the table arrivals says how far each is to be trusted.

WITH days AS (
  SELECT * FROM evidence
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
rules AS (
  SELECT channel, source, rule, sum(arrivals) AS arrivals
  FROM days
  WHERE channel <> ''
  GROUP BY channel, source, rule
)
SELECT channel, source, rule, arrivals, round(1e2 * arrivals / sum(arrivals) OVER (PARTITION BY channel, source), 1) AS percent
FROM rules
ORDER BY channel, source, arrivals DESC, rule
