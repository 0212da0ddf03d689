-- One row per session, newest first: answers, how many were scored, seconds recorded, which questions.
-- scope: candidate
-- reads: attempts
SELECT
    attempts.session_id,
    min(attempts.started_at) AT TIME ZONE 'UTC' AT TIME ZONE :zone AS started_at,
    count(*) AS answers,
    sum(CASE WHEN attempts.status = 'scored' THEN 1 ELSE 0 END) AS scored,
    sum(CASE WHEN attempts.status = 'unscored' THEN 1 ELSE 0 END) AS unscored,
    sum(speeches.seconds) AS seconds,
    string_agg(coalesce(questions.title, attempts.question_id), ' · ' ORDER BY attempts.started_at) AS questions
FROM attempts
LEFT JOIN speeches ON speeches.attempt_id = attempts.id AND speeches.candidate_id = :candidate_id
LEFT JOIN questions ON questions.id = attempts.question_id
WHERE attempts.candidate_id = :candidate_id
GROUP BY attempts.session_id
ORDER BY started_at DESC
