-- One row per session, or per week (Monday in `zone`) where `period` is "week", and competency ("all": all together), of
-- what the reader heard: key points that could be told, heard, and not found but marked by the candidate (`own`).
-- `session_id` is empty for weeks. A share of fewer than three points is missing; low and high are over the answers with
-- as many. It gives no level, and versions of the reader are never mixed.
-- scope: candidate
-- reads: content
SELECT
    competency,
    scorer,
    scorer_version,
    rubric_version,
    CASE WHEN CAST(:period AS VARCHAR) <> 'week' THEN min(session_id) END AS session_id,
    min(started_at) AS started_at,
    CAST(sum(told) AS BIGINT) AS told,
    CAST(sum(heard) AS BIGINT) AS heard,
    CAST(sum(own) AS BIGINT) AS own,
    CASE WHEN sum(told) >= 3 THEN CAST(sum(heard) AS DOUBLE PRECISION) / sum(told) END AS heard_share,
    CASE WHEN sum(told) >= 3 THEN CAST(sum(own) AS DOUBLE PRECISION) / sum(told) END AS own_share,
    min(CASE WHEN told >= 3 THEN CAST(heard AS DOUBLE PRECISION) / told END) AS low,
    max(CASE WHEN told >= 3 THEN CAST(heard AS DOUBLE PRECISION) / told END) AS high,
    count(*) AS n,
    count(DISTINCT session_id) AS sessions
FROM (
    SELECT
        parts.competency,
        assessments.scorer,
        assessments.scorer_version,
        assessments.rubric_version,
        attempts.id,
        attempts.session_id,
        CASE
            WHEN CAST(:period AS VARCHAR) = 'week'
                THEN date_trunc('week', attempts.started_at AT TIME ZONE 'UTC' AT TIME ZONE :zone)
            ELSE attempts.started_at AT TIME ZONE 'UTC' AT TIME ZONE :zone
        END AS started_at,
        CASE
            WHEN CAST(:period AS VARCHAR) = 'week'
                THEN CAST(date_trunc('week', attempts.started_at AT TIME ZONE 'UTC' AT TIME ZONE :zone) AS VARCHAR)
            ELSE attempts.session_id
        END AS point,
        count(*) AS told,
        sum(CASE WHEN parts.status = 'covered' THEN 1 ELSE 0 END) AS heard,
        sum(CASE WHEN parts.status = 'missed' AND own_marks.point IS NOT NULL THEN 1 ELSE 0 END) AS own
    FROM (
        SELECT assessment_id, attempt_id, candidate_id, key_point_id, competency, status
        FROM key_points
        WHERE candidate_id = :candidate_id AND status IN ('covered', 'missed')
        UNION ALL
        SELECT assessment_id, attempt_id, candidate_id, key_point_id, 'all' AS competency, status
        FROM key_points
        WHERE candidate_id = :candidate_id AND status IN ('covered', 'missed')
    ) AS parts
    JOIN assessments ON assessments.assessment_id = parts.assessment_id
        AND assessments.candidate_id = :candidate_id
        AND assessments.scorer = 'reader'
    JOIN attempts ON attempts.id = parts.attempt_id AND attempts.candidate_id = :candidate_id
    LEFT JOIN own_marks ON own_marks.attempt_id = parts.attempt_id
        AND own_marks.candidate_id = :candidate_id
        AND own_marks.point = parts.key_point_id
    GROUP BY
        parts.competency,
        assessments.scorer,
        assessments.scorer_version,
        assessments.rubric_version,
        attempts.id,
        attempts.session_id,
        attempts.started_at
) AS answered
GROUP BY competency, scorer, scorer_version, rubric_version, point
ORDER BY competency, scorer, scorer_version, started_at
