-- One row per cohort and criterion, one scorer: candidates, the sum and the spread of where they stand. Small groups
-- are left out by whoever shows it (`analysis.cohorts.compare`). Invented cohorts are never beside real ones.
-- scope: org
-- reads: content
SELECT
    cohorts.id AS cohort_id,
    cohorts.name,
    standings.criterion,
    count(*) AS candidates,
    sum(standings.level) AS total,
    stddev_samp(standings.level) AS spread
FROM standings
JOIN cohorts ON cohorts.id = standings.cohort_id
WHERE standings.scorer = :scorer
    AND standings.scorer_version = :scorer_version
    AND standings.rubric_version = :rubric_version
    AND standings.n >= 3
    AND cohorts.synthetic = :synthetic
GROUP BY cohorts.id, cohorts.name, standings.criterion
ORDER BY cohorts.name, cohorts.id, standings.criterion
