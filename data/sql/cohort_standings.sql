-- One row per candidate and criterion of a cohort, one scorer: median and range of the last three scored answers.
-- scope: cohort
-- reads: content
SELECT
    standings.candidate_id,
    people.name,
    standings.criterion,
    standings.level,
    standings.low,
    standings.high,
    standings.before_level,
    standings.n,
    standings.answers,
    standings.last_at
FROM standings
JOIN people ON people.candidate_id = standings.candidate_id
WHERE standings.cohort_id = :cohort_id
    AND standings.scorer = :scorer
    AND standings.scorer_version = :scorer_version
    AND standings.rubric_version = :rubric_version
    AND counted(standings)
ORDER BY people.name, standings.candidate_id, standings.criterion
