-- Purchases by one rule, refunds taken off
--
-- The table purchases of the last 400 days by the rule last_share alone, so that sums are not four times what was
-- sold. Amounts are in minor units.
-- Cannot know: whether another rule would be juster.

CREATE OR REPLACE VIEW net_purchases AS
SELECT site, dt, page, source, button, link, currency, orders, amount, refunds, refunded, amount - refunded AS net
FROM purchases
WHERE rule = 'last_share' AND dt BETWEEN date_format(current_date - INTERVAL '400' DAY, '%Y-%m-%d') AND date_format(current_date + INTERVAL '1' DAY, '%Y-%m-%d')
