-- One row per cohort: candidates in it, and of the week that begins at `since` (Monday, UTC) how many of them answered
-- and how many answers, where five or more did. Small groups are left out by whoever shows it. Invented cohorts are
-- never beside real ones.
-- scope: admin
-- reads: attempts
-- figures: counts
SELECT
    cohorts.id AS cohort_id,
    cohorts.name,
    coalesce(joined.members, 0) AS members,
    cohort_counts.candidates AS active,
    cohort_counts.answers
FROM cohorts
LEFT JOIN (
    SELECT cohort_id, count(*) AS members
    FROM members
    WHERE role = 'candidate'
    GROUP BY cohort_id
) AS joined ON joined.cohort_id = cohorts.id
LEFT JOIN cohort_counts ON cohort_counts.cohort_id = cohorts.id AND cohort_counts.week = :since
WHERE cohorts.synthetic = :synthetic
ORDER BY cohorts.name, cohorts.id
