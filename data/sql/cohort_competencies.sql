-- One row per criterion of a cohort, one scorer: candidates with three scored answers, five or more, and the mean of
-- where they stand, in coarse steps.
-- scope: cohort
-- reads: content
-- figures: standings
SELECT criterion, candidates, total / candidates AS mean
FROM cohort_standings
WHERE cohort_id = :cohort_id
    AND scorer = :scorer
    AND scorer_version = :scorer_version
    AND rubric_version = :rubric_version
    AND counted(cohort_standings)
ORDER BY criterion
