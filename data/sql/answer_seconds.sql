-- One row per spoken answer of a candidate: how long it is. What was typed has no length and no row.
-- scope: candidate
-- reads: attempts
SELECT attempt_id, seconds
FROM speeches
WHERE candidate_id = :candidate_id
ORDER BY attempt_id
