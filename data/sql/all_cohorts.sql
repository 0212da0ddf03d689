-- One row per cohort and criterion, one scorer: candidates with three scored answers, five or more, the median, the sum
-- and the spread of where they stand, in coarse steps. Small groups are left out by whoever shows it (`analysis.cohorts`). Invented cohorts are
-- never beside real ones.
-- scope: org
-- reads: content
-- figures: standings
SELECT
    cohorts.id AS cohort_id,
    cohorts.name,
    cohort_standings.criterion,
    cohort_standings.candidates,
    cohort_standings.level,
    cohort_standings.total,
    cohort_standings.spread
FROM cohort_standings
JOIN cohorts ON cohorts.id = cohort_standings.cohort_id
WHERE cohort_standings.scorer = :scorer
    AND cohort_standings.scorer_version = :scorer_version
    AND cohort_standings.rubric_version = :rubric_version
    AND cohorts.synthetic = :synthetic
    AND counted(cohort_standings)
ORDER BY cohorts.name, cohorts.id, cohort_standings.criterion
