-- Classic mistakes and key points left out, over all questions of a cohort: in how many answers, of how many
-- answers to the questions where it was found. Candidates: the most in one question, so at least as many people.
-- scope: cohort
-- reads: content
SELECT
    found.kind,
    found.name,
    sum(found.n) AS n,
    sum(asked.n) AS answers,
    count(*) AS questions,
    max(found.candidates) AS candidates
FROM cohort_questions AS found
JOIN cohort_questions AS asked ON asked.cohort_id = found.cohort_id
    AND asked.question_id = found.question_id
    AND asked.kind = 'answers'
WHERE found.cohort_id = :cohort_id AND found.kind IN ('flag', 'missed') AND asked.n > 0
GROUP BY found.kind, found.name
ORDER BY n DESC, found.name
