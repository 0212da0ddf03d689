-- One row per assignment and candidate of a cohort: questions answered since it was set (or one mock interview
-- that is over), takes, the last answer, and answers over the time limit.
-- scope: cohort
-- reads: attempts
SELECT
    assignments.id AS assignment_id,
    members.candidate_id,
    people.name,
    count(DISTINCT attempts.question_id) + max(CASE WHEN mocks.candidate_id IS NULL THEN 0 ELSE 1 END) AS answered,
    count(attempts.id) AS takes,
    sum(CASE WHEN speeches.seconds > assignments.minutes * 60 THEN 1 ELSE 0 END) AS over_time,
    max(attempts.started_at) AS last_at
FROM assignments
JOIN members ON members.cohort_id = assignments.cohort_id AND members.role = 'candidate'
JOIN people ON people.candidate_id = members.candidate_id
LEFT JOIN attempts ON attempts.candidate_id = members.candidate_id
    AND attempts.started_at >= assignments.created_at
    AND attempts.started_at >= members.joined_at
    AND attempts.status IN ('scored', 'unscored', 'captured')
    AND strpos(assignments.questions, '"' || attempts.question_id || '"') > 0
LEFT JOIN speeches ON speeches.attempt_id = attempts.id AND speeches.candidate_id = members.candidate_id
LEFT JOIN (
    SELECT set_mocks.id, interviews.candidate_id
    FROM assignments AS set_mocks
    JOIN interviews ON interviews.started_at >= set_mocks.created_at AND interviews.over
    WHERE set_mocks.cohort_id = :cohort_id AND set_mocks.questions = '["mock-interview"]'
    GROUP BY set_mocks.id, interviews.candidate_id
) AS mocks ON mocks.id = assignments.id AND mocks.candidate_id = members.candidate_id
WHERE assignments.cohort_id = :cohort_id AND assignments.withdrawn_at IS NULL
GROUP BY assignments.id, members.candidate_id, people.name
ORDER BY assignments.id, people.name
