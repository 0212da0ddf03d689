-- Levels that instructors put beside the scorer's in a cohort: the newest of each answer, criterion and scorer.
-- scope: cohort
-- reads: content
SELECT attempt_id, criterion, scorer, scorer_version, machine_level, level, made_at
FROM (
    SELECT
        overrides.*,
        row_number() OVER (
            PARTITION BY overrides.attempt_id, overrides.criterion, overrides.scorer, overrides.scorer_version
            ORDER BY overrides.made_at DESC
        ) AS recency
    FROM overrides
    JOIN attempts ON attempts.id = overrides.attempt_id
    JOIN members ON members.candidate_id = overrides.candidate_id
        AND members.role = 'candidate'
        AND members.cohort_id = :cohort_id
        AND attempts.started_at >= members.joined_at
) AS newest
WHERE recency = 1
ORDER BY made_at, attempt_id, criterion
