-- One row per week (Monday in `zone`): answers, sessions and seconds recorded.
-- scope: candidate
-- reads: attempts
SELECT
    date_trunc('week', attempts.started_at AT TIME ZONE 'UTC' AT TIME ZONE :zone) AS week,
    count(*) AS answers,
    count(DISTINCT attempts.session_id) AS sessions,
    coalesce(sum(speeches.seconds), 0) AS seconds
FROM attempts
LEFT JOIN speeches ON speeches.attempt_id = attempts.id AND speeches.candidate_id = :candidate_id
WHERE attempts.candidate_id = :candidate_id
GROUP BY 1
ORDER BY week
