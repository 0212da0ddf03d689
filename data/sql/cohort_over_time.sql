-- One row per assignment and candidate of a cohort with answers over the assignment's time limit, in whole
-- minutes: an answer's length is its candidate's.
-- scope: cohort
-- reads: attempts
SELECT assignments.id AS assignment_id, attempts.candidate_id, count(*) AS over_time
FROM assignments
JOIN members ON members.cohort_id = assignments.cohort_id AND members.role = 'candidate'
JOIN attempts ON attempts.candidate_id = members.candidate_id
    AND attempts.started_at >= assignments.created_at
    AND attempts.started_at >= members.joined_at
JOIN speeches ON speeches.attempt_id = attempts.id AND speeches.candidate_id = attempts.candidate_id
WHERE assignments.cohort_id = :cohort_id
    AND assignments.withdrawn_at IS NULL
    AND assignments.minutes IS NOT NULL
    AND ceil(speeches.seconds / 60) > ceil(assignments.minutes)
    AND strpos(assignments.questions, '"' || attempts.question_id || '"') > 0
GROUP BY assignments.id, attempts.candidate_id
ORDER BY assignments.id, attempts.candidate_id
