-- One row per delivery measure of a cohort since a day: the mean over candidates of their own mean. Only where five
-- candidates or more were measured.
-- scope: cohort
-- reads: delivery
SELECT name, unit, count(*) AS candidates, avg(value) AS value
FROM (
    SELECT delivery.name, delivery.unit, delivery.candidate_id, avg(delivery.value) AS value
    FROM delivery
    JOIN members ON members.candidate_id = delivery.candidate_id
        AND members.role = 'candidate'
        AND members.cohort_id = :cohort_id
    JOIN attempts ON attempts.id = delivery.attempt_id
        AND attempts.candidate_id = delivery.candidate_id
        AND attempts.started_at >= members.joined_at
        AND attempts.started_at >= :since
    WHERE delivery.value IS NOT NULL
    GROUP BY delivery.name, delivery.unit, delivery.candidate_id
) AS of_candidates
GROUP BY name, unit
HAVING count(*) >= 5
ORDER BY name
