-- Visitors, under the name of what their sums are
--
-- The table daily_visitors of the last 400 days. A visitor is told apart for a day, so a sum over days is of
-- visitor-days, and the column is called so. Choose one level: each counts all visitors again.
-- Cannot know: how many people that was.

CREATE OR REPLACE VIEW visitor_days AS
SELECT site, dt, level, key, visitors AS visitor_days
FROM daily_visitors
WHERE dt BETWEEN date_format(current_date - INTERVAL '400' DAY, '%Y-%m-%d') AND date_format(current_date + INTERVAL '1' DAY, '%Y-%m-%d')
