-- One row per category and level of the bank: its questions, how many a cohort has answered at all, answers given.
-- scope: cohort
-- reads: attempts
SELECT
    questions.category,
    questions.level,
    count(*) AS questions,
    sum(CASE WHEN asked.answers > 0 THEN 1 ELSE 0 END) AS answered,
    coalesce(sum(asked.answers), 0) AS answers
FROM questions
LEFT JOIN (
    SELECT question_id, n + unscored AS answers
    FROM cohort_questions
    WHERE cohort_id = :cohort_id AND kind = 'answers'
) AS asked ON asked.question_id = questions.id
GROUP BY questions.category, questions.level
ORDER BY questions.category, questions.level
