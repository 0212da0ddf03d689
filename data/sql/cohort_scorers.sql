-- Which scorers and versions have judged a cohort, the one with the newest week first.
-- scope: cohort
-- reads: content
SELECT scorer, scorer_version, rubric_version, max(week) AS last_at
FROM candidate_weeks
WHERE cohort_id = :cohort_id AND n > 0 AND counted(candidate_weeks)
GROUP BY scorer, scorer_version, rubric_version
ORDER BY last_at DESC, sum(n) DESC, scorer, scorer_version
