-- One row per assignment and candidate of a cohort: questions answered since it was set (or one mock interview
-- that is over), takes, and the last answer. `since` is when the oldest assignment was made, or before.
-- scope: cohort
-- reads: attempts
WITH set_here AS (
    SELECT id, questions, created_at
    FROM assignments
    WHERE cohort_id = :cohort_id AND withdrawn_at IS NULL
),

here AS (
    SELECT candidate_id, joined_at FROM members WHERE cohort_id = :cohort_id AND role = 'candidate'
),

answers AS (
    SELECT attempts.candidate_id, attempts.question_id, attempts.started_at
    FROM attempts
    JOIN here ON here.candidate_id = attempts.candidate_id AND attempts.started_at >= here.joined_at
    WHERE attempts.status IN ('scored', 'unscored', 'captured')
        AND attempts.started_at >= :since
),

answered AS (
    SELECT
        set_here.id AS assignment_id,
        answers.candidate_id,
        count(DISTINCT answers.question_id) AS answered,
        count(*) AS takes,
        max(answers.started_at) AS last_at
    FROM answers
    JOIN set_here ON answers.started_at >= set_here.created_at
        AND strpos(set_here.questions, '"' || answers.question_id || '"') > 0
    GROUP BY set_here.id, answers.candidate_id
),

mocks AS (
    SELECT set_here.id AS assignment_id, interviews.candidate_id
    FROM set_here
    CROSS JOIN here
    JOIN interviews ON interviews.candidate_id = here.candidate_id
        AND interviews.started_at >= here.joined_at
        AND interviews.started_at >= set_here.created_at
        AND interviews.over
    WHERE set_here.questions = '["mock-interview"]'
    GROUP BY set_here.id, interviews.candidate_id
)

SELECT
    set_here.id AS assignment_id,
    here.candidate_id,
    people.name,
    coalesce(answered.answered, 0) + CASE WHEN mocks.candidate_id IS NULL THEN 0 ELSE 1 END AS answered,
    coalesce(answered.takes, 0) AS takes,
    answered.last_at
FROM set_here
CROSS JOIN here
JOIN people ON people.candidate_id = here.candidate_id
LEFT JOIN answered ON answered.assignment_id = set_here.id AND answered.candidate_id = here.candidate_id
LEFT JOIN mocks ON mocks.assignment_id = set_here.id AND mocks.candidate_id = here.candidate_id
ORDER BY set_here.id, people.name, here.candidate_id
