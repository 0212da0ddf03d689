-- The answers of one member that instructors of the cohort may see, newest first, with the newest median level and, where
-- the reader read them, how many key points could be told and were heard.
-- scope: cohort
-- reads: content
SELECT
    attempts.id AS attempt_id,
    attempts.started_at,
    attempts.status,
    attempts.mode,
    attempts.question_id,
    coalesce(questions.title, attempts.question_id) AS title,
    judged.level,
    judged.criteria,
    heard.told,
    heard.heard
FROM attempts
JOIN members ON members.candidate_id = attempts.candidate_id
    AND members.role = 'candidate'
    AND members.cohort_id = :cohort_id
    AND attempts.started_at >= members.joined_at
LEFT JOIN questions ON questions.id = attempts.question_id
LEFT JOIN (
    SELECT
        attempt_id,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY level) AS level,
        count(level) AS criteria
    FROM scores
    WHERE candidate_id = :member_id
        AND scorer = :scorer
        AND scorer_version = :scorer_version
        AND rubric_version = :rubric_version
        AND counted(scores)
    GROUP BY attempt_id
) AS judged ON judged.attempt_id = attempts.id
LEFT JOIN (
    SELECT
        key_points.attempt_id,
        count(*) AS told,
        sum(CASE WHEN key_points.status = 'covered' THEN 1 ELSE 0 END) AS heard,
        row_number() OVER (
            PARTITION BY key_points.attempt_id
            ORDER BY max(assessments.scored_at) DESC, key_points.assessment_id
        ) AS recency
    FROM key_points
    JOIN assessments ON assessments.assessment_id = key_points.assessment_id
        AND assessments.candidate_id = :member_id
        AND assessments.scorer = 'reader'
    WHERE key_points.candidate_id = :member_id AND key_points.status IN ('covered', 'missed')
    GROUP BY key_points.attempt_id, key_points.assessment_id
) AS heard ON heard.attempt_id = attempts.id AND heard.recency = 1
WHERE attempts.candidate_id = :member_id AND attempts.status IN ('scored', 'unscored', 'captured')
ORDER BY attempts.started_at DESC, attempts.id
