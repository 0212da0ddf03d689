-- One row per assignment and candidate of a cohort: questions answered since it was set (or one mock interview
-- that is over), takes, and the last answer. A question is answered by one of its first takes that keeps to the
-- minutes, both rounded up to whole ones; what was typed has no length. `since` is when the oldest assignment was
-- made, or before.
-- scope: cohort
-- reads: attempts
WITH set_here AS (
    SELECT id, questions, created_at, takes, minutes
    FROM assignments
    WHERE cohort_id = :cohort_id AND withdrawn_at IS NULL
),

here AS (
    SELECT candidate_id, joined_at FROM members WHERE cohort_id = :cohort_id AND role = 'candidate'
),

given AS MATERIALIZED (
    SELECT attempts.id, attempts.candidate_id, attempts.question_id, attempts.started_at
    FROM attempts
    JOIN here ON here.candidate_id = attempts.candidate_id AND attempts.started_at >= here.joined_at
    WHERE attempts.status IN ('scored', 'unscored', 'captured')
        AND attempts.started_at >= :since
),

answers AS (
    SELECT set_here.id AS assignment_id, set_here.takes, set_here.minutes, given.*
    FROM given
    JOIN set_here ON given.started_at >= set_here.created_at
        AND strpos(set_here.questions, '"' || given.question_id || '"') > 0
),

timed AS (
    SELECT answers.assignment_id, answers.id, ceil(speeches.seconds / 60) <= ceil(answers.minutes) AS in_time
    FROM answers
    JOIN speeches ON speeches.attempt_id = answers.id AND speeches.candidate_id = answers.candidate_id
    WHERE answers.minutes IS NOT NULL
),

taken AS (
    SELECT
        answers.assignment_id,
        answers.candidate_id,
        answers.question_id,
        answers.started_at,
        coalesce(timed.in_time, TRUE) AS in_time,
        answers.takes,
        row_number() OVER (
            PARTITION BY answers.assignment_id, answers.candidate_id, answers.question_id
            ORDER BY answers.started_at, answers.id
        ) AS take
    FROM answers
    LEFT JOIN timed ON timed.assignment_id = answers.assignment_id AND timed.id = answers.id
),

answered AS (
    SELECT
        assignment_id,
        candidate_id,
        count(DISTINCT CASE WHEN in_time AND take <= takes THEN question_id END) AS answered,
        count(*) AS takes,
        max(started_at) AS last_at
    FROM taken
    GROUP BY assignment_id, candidate_id
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
