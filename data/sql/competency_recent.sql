-- Where each criterion stands: the median and range of the last three scored answers, per scorer and version.
-- scope: candidate
-- reads: content
SELECT
    criterion,
    scorer,
    scorer_version,
    rubric_version,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY level) AS level,
    min(level) AS low,
    max(level) AS high,
    count(*) AS n,
    max(answers) AS answers,
    max(started_at) AT TIME ZONE 'UTC' AT TIME ZONE :zone AS last_at
FROM (
    SELECT
        scores.criterion,
        scores.scorer,
        scores.scorer_version,
        scores.rubric_version,
        scores.level,
        attempts.started_at,
        row_number() OVER (
            PARTITION BY scores.criterion, scores.scorer, scores.scorer_version, scores.rubric_version
            ORDER BY attempts.started_at DESC, attempts.id
        ) AS recency,
        count(*) OVER (
            PARTITION BY scores.criterion, scores.scorer, scores.scorer_version, scores.rubric_version
        ) AS answers
    FROM scores
    JOIN attempts ON attempts.id = scores.attempt_id
    WHERE scores.candidate_id = :candidate_id
        AND attempts.candidate_id = :candidate_id
        AND scores.level IS NOT NULL
        AND counted(scores)
) AS ranked
WHERE recency <= 3
GROUP BY criterion, scorer, scorer_version, rubric_version
ORDER BY scorer, scorer_version, criterion
