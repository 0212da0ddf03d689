-- One row per competency of a cohort and version of the reader: of the key points that could be told in the answers of five
-- people or more, the share that was heard, and the share not found but marked by the candidates, in coarse steps. It
-- gives no level.
-- scope: cohort
-- reads: content
-- figures: questions
SELECT
    name AS competency,
    scorer,
    scorer_version,
    rubric_version,
    candidates,
    n AS told,
    total / n AS heard_share,
    squares / n AS own_share
FROM cohort_questions
WHERE cohort_id = :cohort_id AND kind = 'heard' AND n >= 3
ORDER BY scorer_version, rubric_version, name
