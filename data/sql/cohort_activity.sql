-- One row per candidate of a cohort: when joined, answers in all, in the last seven days and unscored ones of
-- those, the last answer, disputes about answers since joining that no instructor has answered.
-- scope: cohort
-- reads: attempts
SELECT
    members.candidate_id,
    people.name,
    members.joined_at,
    coalesce(done.answers, 0) AS answers,
    coalesce(done.recent, 0) AS recent,
    coalesce(done.recent_unscored, 0) AS recent_unscored,
    done.last_at,
    coalesce(waiting.disputes, 0) AS disputes,
    waiting.made_at AS disputed_at
FROM members
JOIN people ON people.candidate_id = members.candidate_id
LEFT JOIN (
    SELECT
        candidate_id,
        sum(answers) AS answers,
        sum(CASE WHEN week >= :since THEN answers ELSE 0 END) AS recent,
        sum(CASE WHEN week >= :since THEN answers - scored ELSE 0 END) AS recent_unscored,
        max(last_at) AS last_at
    FROM activity
    WHERE cohort_id = :cohort_id
    GROUP BY candidate_id
) AS done ON done.candidate_id = members.candidate_id
LEFT JOIN (
    SELECT disputes.candidate_id, count(*) AS disputes, max(disputes.made_at) AS made_at
    FROM members AS joined
    JOIN attempts ON attempts.candidate_id = joined.candidate_id AND attempts.started_at >= joined.joined_at
    JOIN disputes ON disputes.attempt_id = attempts.id AND disputes.candidate_id = attempts.candidate_id
    LEFT JOIN overrides ON overrides.attempt_id = disputes.attempt_id
        AND overrides.criterion = disputes.criterion
    WHERE overrides.attempt_id IS NULL
        AND joined.cohort_id = :cohort_id
        AND joined.role = 'candidate'
    GROUP BY disputes.candidate_id
) AS waiting ON waiting.candidate_id = members.candidate_id
WHERE members.cohort_id = :cohort_id AND members.role = 'candidate'
ORDER BY people.name, members.candidate_id
