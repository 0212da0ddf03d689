-- The answers of one member that instructors of the cohort may see, newest first, with the newest median level.
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
    judged.criteria
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
WHERE attempts.candidate_id = :member_id AND attempts.status IN ('scored', 'unscored', 'captured')
ORDER BY attempts.started_at DESC, attempts.id
