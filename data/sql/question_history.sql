-- One row per question this candidate has answered: how often, and when last.
-- scope: candidate
-- reads: attempts
SELECT question_id, count(*) AS answers, max(started_at) AT TIME ZONE 'UTC' AT TIME ZONE :zone AS last_at
FROM attempts
WHERE candidate_id = :candidate_id AND status IN ('scored', 'unscored', 'captured')
GROUP BY question_id
ORDER BY question_id
