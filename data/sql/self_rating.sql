-- One row per answer and criterion that has both a self-rating and a level, per scorer and version.
-- scope: candidate
-- reads: content
SELECT
    scores.criterion,
    scores.scorer,
    scores.scorer_version,
    scores.rubric_version,
    attempts.id AS attempt_id,
    attempts.started_at AT TIME ZONE 'UTC' AT TIME ZONE :zone AS started_at,
    self_ratings.level AS self_level,
    scores.level,
    scores.low,
    scores.high
FROM self_ratings
JOIN scores ON scores.attempt_id = self_ratings.attempt_id AND scores.criterion = self_ratings.criterion
JOIN attempts ON attempts.id = scores.attempt_id
WHERE self_ratings.candidate_id = :candidate_id
    AND scores.candidate_id = :candidate_id
    AND attempts.candidate_id = :candidate_id
    AND scores.level IS NOT NULL
    AND counted(scores)
ORDER BY attempts.started_at, scores.criterion
