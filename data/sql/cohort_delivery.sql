-- One row per delivery measure of a cohort since its members joined: the mean over candidates of their own mean. Only
-- where five candidates or more were measured.
-- scope: cohort
-- reads: delivery
SELECT name, unit, count(*) AS candidates, avg(total / n) AS value
FROM candidate_delivery
WHERE cohort_id = :cohort_id AND n > 0
GROUP BY name, unit
HAVING count(*) >= 5
ORDER BY name
