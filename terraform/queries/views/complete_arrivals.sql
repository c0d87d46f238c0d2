-- Arrivals of whole days alone
--
-- The table arrivals of the last 400 days, without days that are not over, and days of which a record has no receipt
-- yet.
-- Cannot know: whether a log was never delivered: such a day looks whole.

CREATE OR REPLACE VIEW complete_arrivals AS
SELECT counted.*
FROM arrivals counted
JOIN (
  SELECT site, dt
  FROM quality
  WHERE dt BETWEEN date_format(current_date - INTERVAL '400' DAY, '%Y-%m-%d') AND date_format(current_date + INTERVAL '1' DAY, '%Y-%m-%d')
  GROUP BY site, dt
  HAVING bool_and(complete)
) whole ON whole.site = counted.site AND whole.dt = counted.dt
WHERE counted.dt BETWEEN date_format(current_date - INTERVAL '400' DAY, '%Y-%m-%d') AND date_format(current_date + INTERVAL '1' DAY, '%Y-%m-%d')
