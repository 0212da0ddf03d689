-- One row per criterion and week (Monday, UTC) of a cohort, one scorer, five people or more: how many answers got which
-- rounded level; their sum and sum of squares give mean and spread in coarse steps.
-- scope: cohort
-- reads: content
-- figures: weeks
SELECT criterion, week, candidates, n, total, squares, level1, level2, level3, level4
FROM cohort_weeks
WHERE cohort_id = :cohort_id
    AND scorer = :scorer
    AND scorer_version = :scorer_version
    AND rubric_version = :rubric_version
    AND counted(cohort_weeks)
    AND week >= :since
ORDER BY criterion, week
