-- Hints that an instructor of a cohort has put aside, with the note and the day.
-- scope: cohort
-- reads: attempts
SELECT candidate_id, rule, note, dismissed_at
FROM dismissals
WHERE cohort_id = :cohort_id
ORDER BY candidate_id, rule
