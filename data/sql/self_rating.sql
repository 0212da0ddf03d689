-- One row per answer and criterion that has both a self-rating and a level, per scorer and version. An answer that was
-- rated as a whole has one row, criterion "answer": against the middle of its levels, communication left out.
-- scope: candidate
-- reads: content
SELECT
    levels.criterion,
    levels.scorer,
    levels.scorer_version,
    levels.rubric_version,
    attempts.id AS attempt_id,
    attempts.started_at AT TIME ZONE 'UTC' AT TIME ZONE :zone AS started_at,
    self_ratings.level AS self_level,
    levels.level,
    levels.low,
    levels.high
FROM self_ratings
JOIN (
    SELECT attempt_id, criterion, scorer, scorer_version, rubric_version, level, low, high
    FROM scores
    WHERE candidate_id = :candidate_id AND level IS NOT NULL AND counted(scores)
    UNION ALL
    SELECT
        attempt_id,
        'answer' AS criterion,
        scorer,
        scorer_version,
        rubric_version,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY level) AS level,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY COALESCE(low, level)) AS low,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY COALESCE(high, level)) AS high
    FROM scores
    WHERE candidate_id = :candidate_id
        AND level IS NOT NULL
        AND criterion <> 'communication'
        AND counted(scores)
    GROUP BY attempt_id, scorer, scorer_version, rubric_version
) AS levels ON levels.attempt_id = self_ratings.attempt_id AND levels.criterion = self_ratings.criterion
JOIN attempts ON attempts.id = levels.attempt_id
WHERE self_ratings.candidate_id = :candidate_id AND attempts.candidate_id = :candidate_id
ORDER BY attempts.started_at, levels.criterion
