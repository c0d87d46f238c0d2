-- Which recommendations sold
--
-- Recommendations by what they sold, refunds taken off, in minor units, and what of it is due to their first share by
-- each of the four rules. By recommendation all rules add up to the same; they divide it differently. The 100 that
-- sold most of a currency.
-- Cannot know: purchases whose buyer's code was lost on the way to the till: see the query purchases.

WITH days AS (
  SELECT * FROM recommendations
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
)
SELECT root, currency, max(CASE WHEN generation = 0 THEN page END) AS page, max(CASE WHEN generation = 0 THEN app END) AS app,
  sum(orders) AS orders, sum(last_share) AS net,
  sum(CASE WHEN generation = 0 THEN first_share ELSE 0 END) AS root_by_first_share,
  sum(CASE WHEN generation = 0 THEN last_share ELSE 0 END) AS root_by_last_share,
  sum(CASE WHEN generation = 0 THEN linear ELSE 0 END) AS root_by_linear,
  sum(CASE WHEN generation = 0 THEN chain_decay ELSE 0 END) AS root_by_chain_decay
FROM days
WHERE currency <> ''
GROUP BY root, currency
ORDER BY net DESC, root, currency
LIMIT 100
