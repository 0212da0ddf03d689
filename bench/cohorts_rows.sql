-- Rows for `bench/cohorts.py`: {cohorts} cohorts of 250 candidates with 100 answers each, candidate by
-- candidate, which is how opening a large file leaves it.
CREATE TEMP TABLE made AS
SELECT
    i,
    'a' || i AS attempt_id,
    md5('synthetic-' || (i % {candidates})) AS candidate_id,
    'question-' || (hash(i) % 120) AS question_id,
    TIMESTAMP '2026-05-25' + to_seconds((i * 15552000.0 / {answers})::BIGINT) AS began
FROM range({answers}) AS numbers(i)
ORDER BY candidate_id;

INSERT INTO cohorts BY NAME
SELECT
    md5('cohort-' || c) AS id,
    'Invented cohort ' || c AS name,
    'synthetic' AS created_by,
    TIMESTAMP '2026-05-24' AS created_at,
    true AS synthetic
FROM range({cohorts}) AS numbers(c);

CREATE TEMP TABLE persons AS
SELECT
    md5('synthetic-' || p) AS candidate_id,
    md5('cohort-' || (p // 250)) AS cohort_id,
    'Invented person ' || p AS name
FROM range({candidates}) AS numbers(p);

INSERT INTO people BY NAME
SELECT
    candidate_id,
    'synthetic' AS issuer,
    candidate_id AS subject,
    name,
    '' AS email,
    'candidate' AS role,
    TIMESTAMP '2026-05-24' AS joined_at
FROM persons;

INSERT INTO members BY NAME
SELECT cohort_id, candidate_id, 'candidate' AS role, TIMESTAMP '2026-05-24' AS joined_at FROM persons;

INSERT INTO assignments BY NAME
SELECT
    'assignment-' || c AS id,
    md5('cohort-' || c) AS cohort_id,
    'Week 3' AS title,
    '["question-1", "question-2", "question-3"]' AS questions,
    3 AS takes,
    TIMESTAMP '2026-11-22' AS due_at,
    'synthetic' AS created_by,
    TIMESTAMP '2026-11-01' AS created_at
FROM range({cohorts}) AS numbers(c);

INSERT INTO attempts BY NAME
SELECT
    attempt_id AS id,
    candidate_id,
    's' || (i // ({candidates} * 3)) || '-' || (i % {candidates}) AS session_id,
    question_id,
    began AS started_at,
    'camera' AS mode,
    CASE WHEN i % 17 = 0 THEN 'unscored' ELSE 'scored' END AS status,
    true AS synthetic
FROM made;

INSERT INTO speeches BY NAME
SELECT
    attempt_id, candidate_id, 'synthetic' AS engine, '[]' AS words, '[]' AS voiced, 90 + i % 60 AS seconds, '[]' AS notes
FROM made;

INSERT INTO scores BY NAME
SELECT
    attempt_id,
    candidate_id,
    'x' || i AS assessment_id,
    k AS place,
    'C' || (1 + (i // {candidates} + k) % 6) AS criterion,
    CASE WHEN i % 17 > 0 THEN 1 + hash(i * 4 + k) % 7 / 2.0 END AS level,
    'synthetic' AS scorer,
    '1' AS scorer_version,
    'r1' AS rubric_version,
    '' AS missing_for_next,
    '[]' AS errors,
    '' AS fix,
    began AS scored_at
FROM made, range(4) AS each(k);

INSERT INTO key_points BY NAME
SELECT
    attempt_id,
    candidate_id,
    'x' || i AS assessment_id,
    k AS place,
    'k' || k AS key_point_id,
    'Key point ' || k || ' of ' || question_id AS text,
    '' AS probe,
    'C' || (1 + k) AS competency,
    CASE WHEN hash(i * 5 + k) % 3 = 0 THEN 'missed' ELSE 'covered' END AS status
FROM made, range(5) AS each(k);

INSERT INTO delivery BY NAME
SELECT attempt_id, candidate_id, 'delivery_' || k AS name, hash(i * 7 + k) % 100 / 3.0 AS value, 'per minute' AS unit
FROM made, range(7) AS each(k);

INSERT INTO questions
SELECT 'question-' || i, 'category-' || (i % 8), 'level-' || (i % 4), 'Question ' || i, 5
FROM range(120) AS numbers(i);
