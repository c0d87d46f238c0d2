-- What each share of one recommendation is owed
--
-- The shares of the recommendation that brought the most orders, and what each is owed by each rule, in minor units.
-- For another one, write its first code in place of (SELECT root FROM best).
-- Cannot know: who shared. A code is one share and no person. Add up one rule, never several.

WITH days AS (
  SELECT * FROM recommendations
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
best AS (
  SELECT root
  FROM days
  WHERE root <> '(other)'
  GROUP BY root
  ORDER BY sum(orders) DESC, root
  LIMIT 1
)
SELECT generation, code, parent, currency, sum(arrivals) AS arrivals, sum(orders) AS orders,
  sum(first_share) AS first_share, sum(last_share) AS last_share, sum(linear) AS linear, sum(chain_decay) AS chain_decay
FROM days
WHERE root = (SELECT root FROM best)
GROUP BY generation, code, parent, currency
ORDER BY generation, code, currency
