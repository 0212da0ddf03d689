-- One row per category and level of the bank: its questions, how many were answered, answers given.
-- scope: candidate
-- reads: attempts
SELECT
    questions.category,
    questions.level,
    count(*) AS questions,
    sum(CASE WHEN answered.answers > 0 THEN 1 ELSE 0 END) AS answered,
    coalesce(sum(answered.answers), 0) AS answers
FROM questions
LEFT JOIN (
    SELECT question_id, count(*) AS answers
    FROM attempts
    WHERE candidate_id = :candidate_id AND status IN ('scored', 'unscored', 'captured')
    GROUP BY question_id
) AS answered ON answered.question_id = questions.id
GROUP BY questions.category, questions.level
ORDER BY questions.category, questions.level
