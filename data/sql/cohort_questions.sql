-- One row per question of a cohort, one scorer: answers, mean and spread of its levels over all criteria, and how
-- often a criterion was not scored or an instructor gave another level.
-- scope: cohort
-- reads: content
SELECT
    asked.question_id,
    coalesce(questions.title, asked.question_id) AS title,
    coalesce(questions.category, '') AS category,
    coalesce(questions.level, '') AS level,
    asked.n + asked.unscored AS answers,
    asked.candidates,
    scored.n,
    scored.total / scored.n AS mean,
    scored.squares / scored.n - (scored.total / scored.n) * (scored.total / scored.n) AS variance,
    scored.unscored * 1.0 / (scored.n + scored.unscored) AS not_scored,
    coalesce(changed.overrides, 0) AS overrides
FROM cohort_questions AS asked
JOIN (
    SELECT question_id, sum(n) AS n, sum(unscored) AS unscored, sum(total) AS total, sum(squares) AS squares
    FROM cohort_questions
    WHERE cohort_id = :cohort_id
        AND kind = 'criterion'
        AND scorer = :scorer
        AND scorer_version = :scorer_version
        AND rubric_version = :rubric_version
    GROUP BY question_id
) AS scored ON scored.question_id = asked.question_id AND scored.n > 0
LEFT JOIN questions ON questions.id = asked.question_id
LEFT JOIN (
    SELECT attempts.question_id, count(*) AS overrides
    FROM overrides
    JOIN attempts ON attempts.id = overrides.attempt_id
    JOIN members ON members.candidate_id = overrides.candidate_id
        AND members.role = 'candidate'
        AND members.cohort_id = :cohort_id
        AND attempts.started_at >= members.joined_at
    GROUP BY attempts.question_id
) AS changed ON changed.question_id = asked.question_id
WHERE asked.cohort_id = :cohort_id AND asked.kind = 'answers'
ORDER BY mean, title
