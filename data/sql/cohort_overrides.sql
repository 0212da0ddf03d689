-- Levels that instructors put beside those of one scorer in a cohort: the newest of each answer and criterion.
-- scope: cohort
-- reads: content
SELECT attempt_id, candidate_id, criterion, machine_level, level, made_at
FROM (
    SELECT
        overrides.*,
        row_number() OVER (
            PARTITION BY overrides.attempt_id, overrides.criterion
            ORDER BY overrides.made_at DESC
        ) AS recency
    FROM overrides
    JOIN attempts ON attempts.id = overrides.attempt_id
    JOIN members ON members.candidate_id = overrides.candidate_id
        AND members.role = 'candidate'
        AND members.cohort_id = :cohort_id
        AND attempts.started_at >= members.joined_at
    WHERE overrides.scorer = :scorer AND overrides.scorer_version = :scorer_version
) AS newest
WHERE recency = 1
ORDER BY made_at, attempt_id, criterion
