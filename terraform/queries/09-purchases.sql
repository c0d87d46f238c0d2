-- Purchases with and without a recommendation
--
-- Orders and what they brought, in minor units, by how the order names its recommendation: session, consented,
-- same_day, or unattributed. Of the four rules one is added up; each adds up to all orders.
-- Cannot know: how many of the unattributed came of a recommendation after all: it was read in an app's own browser
-- and bought in another.

WITH days AS (
  SELECT * FROM purchases
  WHERE site = 'www.example.com' AND dt BETWEEN '2026-11-01' AND '2026-11-30'
),
links AS (
  SELECT currency, link, sum(orders) AS orders, sum(amount) AS amount, sum(refunds) AS refunds, sum(refunded) AS refunded
  FROM days
  WHERE rule = 'last_share'
  GROUP BY currency, link
)
SELECT currency, link, orders, amount, refunds, refunded, amount - refunded AS net,
  round(1e2 * orders / nullif(sum(orders) OVER (PARTITION BY currency), 0), 1) AS percent_of_orders
FROM links
ORDER BY currency, orders DESC, link
