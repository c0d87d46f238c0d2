-- Which apps sold, by each rule
--
-- What is due to shares in each app, by the four rules side by side, in minor units, refunds taken off. An empty
-- source is a share of which no app is known.
-- Cannot know: which rule is right. Orders that name no recommendation are not in it.

WITH days AS (
  SELECT * FROM purchases
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
)
SELECT source, currency, sum(CASE WHEN rule = 'last_share' THEN orders ELSE 0 END) AS orders,
  sum(CASE WHEN rule = 'first_share' THEN amount - refunded ELSE 0 END) AS first_share,
  sum(CASE WHEN rule = 'last_share' THEN amount - refunded ELSE 0 END) AS last_share,
  sum(CASE WHEN rule = 'linear' THEN amount - refunded ELSE 0 END) AS linear,
  sum(CASE WHEN rule = 'chain_decay' THEN amount - refunded ELSE 0 END) AS chain_decay
FROM days
WHERE link <> 'unattributed'
GROUP BY source, currency
ORDER BY last_share DESC, source, currency
