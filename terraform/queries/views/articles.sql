-- Pages, without the rows that are none
--
-- The table pages of the last 400 days without (other), the many small pages together, and (objected), visits of
-- which nothing is told. Its sums are less than all visits.
-- Cannot know: which small pages are in (other).

CREATE OR REPLACE VIEW articles AS
SELECT *
FROM pages
WHERE page NOT IN ('(other)', '(objected)') AND dt BETWEEN date_format(current_date - INTERVAL '400' DAY, '%Y-%m-%d') AND date_format(current_date + INTERVAL '1' DAY, '%Y-%m-%d')
