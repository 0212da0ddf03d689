-- Key points left out by question, one scorer: in how many answers of five people or more, of how many to the
-- question that this scorer judged.
-- scope: cohort
-- reads: content
-- figures: questions
SELECT
    found.kind,
    found.name,
    found.n,
    greatest(found.n, asked.n) AS answers,
    found.candidates
FROM cohort_questions AS found
JOIN cohort_questions AS asked ON asked.cohort_id = found.cohort_id
    AND asked.kind = 'judged'
    AND asked.question_id = found.question_id
    AND asked.scorer = found.scorer
    AND asked.scorer_version = found.scorer_version
    AND asked.rubric_version = found.rubric_version
WHERE found.cohort_id = :cohort_id
    AND found.kind = 'missed'
    AND found.scorer = :scorer
    AND found.scorer_version = :scorer_version
    AND found.rubric_version = :rubric_version
    AND counted(found)
ORDER BY n DESC, found.name, found.question_id
