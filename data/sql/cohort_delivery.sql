-- One row per delivery measure of a cohort since its members joined: the mean over candidates of their own mean, each to
-- the nearest step. Only where five candidates or more were measured.
-- scope: cohort
-- reads: delivery
-- figures: voice
SELECT name, unit, candidates, value
FROM cohort_delivery
WHERE cohort_id = :cohort_id
ORDER BY name
