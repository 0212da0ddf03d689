-- One row per session and delivery signal: the median of its answers, with their range. Unmeasured ones are left out.
-- scope: candidate
-- reads: delivery
SELECT
    delivery.name,
    delivery.unit,
    attempts.session_id,
    min(attempts.started_at) AT TIME ZONE 'UTC' AT TIME ZONE :zone AS started_at,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY delivery.value) AS value,
    min(delivery.value) AS low,
    max(delivery.value) AS high,
    count(*) AS n
FROM delivery
JOIN attempts ON attempts.id = delivery.attempt_id
WHERE delivery.candidate_id = :candidate_id
    AND attempts.candidate_id = :candidate_id
    AND delivery.value IS NOT NULL
GROUP BY delivery.name, delivery.unit, attempts.session_id
ORDER BY delivery.name, started_at
