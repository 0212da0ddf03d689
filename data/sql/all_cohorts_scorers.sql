-- Which scorers and versions have judged candidates of any cohort, the one behind most of them first.
-- scope: admin
-- reads: content
-- figures: standings
SELECT
    cohort_standings.scorer,
    cohort_standings.scorer_version,
    cohort_standings.rubric_version,
    sum(cohort_standings.candidates) AS n
FROM cohort_standings
JOIN cohorts ON cohorts.id = cohort_standings.cohort_id
WHERE cohorts.synthetic = :synthetic AND counted(cohort_standings)
GROUP BY cohort_standings.scorer, cohort_standings.scorer_version, cohort_standings.rubric_version
ORDER BY n DESC, cohort_standings.scorer, cohort_standings.scorer_version
