-- One row per session, or per week (Monday in `zone`) where `period` is "week", and criterion, scorer and version:
-- the median level of its scored answers. `session_id` is empty for weeks.
-- Unscored answers are left out and scorers are never mixed; low and high bound the uncertainty.
-- scope: candidate
-- reads: content
SELECT
    criterion,
    scorer,
    scorer_version,
    rubric_version,
    CASE WHEN CAST(:period AS VARCHAR) <> 'week' THEN min(session_id) END AS session_id,
    min(started_at) AS started_at,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY level) AS level,
    min(low) AS low,
    max(high) AS high,
    count(*) AS n,
    count(DISTINCT session_id) AS sessions
FROM (
    SELECT
        scores.criterion,
        scores.scorer,
        scores.scorer_version,
        scores.rubric_version,
        attempts.session_id,
        scores.level,
        coalesce(scores.low, scores.level) AS low,
        coalesce(scores.high, scores.level) AS high,
        CASE
            WHEN CAST(:period AS VARCHAR) = 'week'
                THEN date_trunc('week', attempts.started_at AT TIME ZONE 'UTC' AT TIME ZONE :zone)
            ELSE attempts.started_at AT TIME ZONE 'UTC' AT TIME ZONE :zone
        END AS started_at,
        CASE
            WHEN CAST(:period AS VARCHAR) = 'week'
                THEN CAST(date_trunc('week', attempts.started_at AT TIME ZONE 'UTC' AT TIME ZONE :zone) AS VARCHAR)
            ELSE attempts.session_id
        END AS point
    FROM scores
    JOIN attempts ON attempts.id = scores.attempt_id
    WHERE scores.candidate_id = :candidate_id
        AND attempts.candidate_id = :candidate_id
        AND scores.level IS NOT NULL
        AND counted(scores)
) AS placed
GROUP BY criterion, scorer, scorer_version, rubric_version, point
ORDER BY criterion, scorer, scorer_version, started_at
