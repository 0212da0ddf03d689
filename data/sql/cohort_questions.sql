-- One row per question of the bank that five of a cohort have levels in, one scorer: answers judged, mean and spread of
-- their levels over all criteria, how often a criterion was not scored or an instructor gave another level. What fewer
-- than five people gave is missing.
-- scope: cohort
-- reads: content
-- figures: questions
SELECT
    scored.question_id,
    coalesce(questions.title, scored.question_id) AS title,
    coalesce(questions.category, '') AS category,
    coalesce(questions.level, '') AS level,
    judged.n AS answers,
    scored.candidates,
    scored.n,
    scored.total / scored.n AS mean,
    scored.squares / scored.n - (scored.total / scored.n) * (scored.total / scored.n) AS variance,
    judged.unscored / judged.total AS not_scored,
    changed.n AS overrides
FROM cohort_questions AS scored
LEFT JOIN cohort_questions AS judged ON judged.cohort_id = scored.cohort_id
    AND judged.kind = 'judged'
    AND judged.question_id = scored.question_id
    AND judged.scorer = scored.scorer
    AND judged.scorer_version = scored.scorer_version
    AND judged.rubric_version = scored.rubric_version
LEFT JOIN cohort_questions AS changed ON changed.cohort_id = scored.cohort_id
    AND changed.kind = 'override'
    AND changed.question_id = scored.question_id
    AND changed.scorer = scored.scorer
    AND changed.scorer_version = scored.scorer_version
LEFT JOIN questions ON questions.id = scored.question_id
WHERE scored.cohort_id = :cohort_id
    AND scored.kind = 'levels'
    AND scored.scorer = :scorer
    AND scored.scorer_version = :scorer_version
    AND scored.rubric_version = :rubric_version
    AND counted(scored)
ORDER BY mean, title
