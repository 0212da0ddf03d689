-- One row per week (Monday in `zone`), criterion, scorer and version: the median level of its scored answers.
-- Unscored answers are left out and scorers are never mixed; low and high bound the uncertainty.
-- scope: candidate
-- reads: content
SELECT
    scores.criterion,
    scores.scorer,
    scores.scorer_version,
    scores.rubric_version,
    date_trunc('week', attempts.started_at AT TIME ZONE 'UTC' AT TIME ZONE :zone) AS started_at,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY scores.level) AS level,
    min(coalesce(scores.low, scores.level)) AS low,
    max(coalesce(scores.high, scores.level)) AS high,
    count(*) AS n,
    count(DISTINCT attempts.session_id) AS sessions
FROM scores
JOIN attempts ON attempts.id = scores.attempt_id
WHERE scores.candidate_id = :candidate_id
    AND attempts.candidate_id = :candidate_id
    AND scores.level IS NOT NULL
    AND counted(scores)
GROUP BY 1, 2, 3, 4, 5
ORDER BY scores.criterion, scores.scorer, scores.scorer_version, 5
