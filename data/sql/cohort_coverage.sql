-- One row per category and level of the bank: its questions, how many a cohort has answered at all, answers given. No
-- answer stands for fewer than five people.
-- scope: cohort
-- reads: attempts
-- figures: coverage
SELECT
    questions.category,
    questions.level,
    count(*) AS questions,
    coalesce(max(asked.candidates), 0) AS candidates,
    coalesce(max(asked.answered), 0) AS answered,
    coalesce(max(asked.answers), 0) AS answers
FROM questions
LEFT JOIN cohort_coverage AS asked ON asked.cohort_id = :cohort_id
    AND asked.category = questions.category
    AND asked.level = questions.level
GROUP BY questions.category, questions.level
ORDER BY questions.category, questions.level
