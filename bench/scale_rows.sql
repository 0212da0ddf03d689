-- Rows for `bench/scale_dashboards.py`, on either engine: {answers} answers by {candidates} candidates in cohorts of 250.
-- One statement each, after a line of dashes; rows are in the order that {order} says.
CREATE TEMPORARY TABLE made AS
SELECT
    i,
    'a' || lpad(CAST(i AS VARCHAR), 9, '0') AS attempt_id,
    md5('synthetic-' || (i % {candidates})) AS candidate_id,
    'question-' || (i * 7919 % 127 % 120) AS question_id,
    TIMESTAMP '2026-05-25' + CAST(floor(i * {seconds}) AS BIGINT) * INTERVAL '1 second' AS began
FROM (SELECT CAST(n AS BIGINT) AS i FROM generate_series(0, {answers} - 1) AS numbers(n)) AS counted
{order}
--------
INSERT INTO cohorts (id, name, created_by, created_at, synthetic)
SELECT md5('cohort-' || c), 'Invented cohort ' || c, 'synthetic', TIMESTAMP '2026-05-24', true
FROM generate_series(0, {cohorts} - 1) AS numbers(c)
--------
CREATE TEMPORARY TABLE persons AS
SELECT
    md5('synthetic-' || p) AS candidate_id,
    md5('cohort-' || CAST(floor(p / 250.0) AS INTEGER)) AS cohort_id,
    'Invented person ' || p AS name
FROM generate_series(0, {candidates} - 1) AS numbers(p)
--------
INSERT INTO people (candidate_id, issuer, subject, name, email, role, joined_at)
SELECT candidate_id, 'synthetic', candidate_id, name, '', 'candidate', TIMESTAMP '2026-05-24' FROM persons
--------
INSERT INTO members (cohort_id, candidate_id, role, joined_at)
SELECT cohort_id, candidate_id, 'candidate', TIMESTAMP '2026-05-24' FROM persons
--------
INSERT INTO assignments (id, cohort_id, title, questions, takes, due_at, created_by, created_at)
SELECT
    'assignment-' || c,
    md5('cohort-' || c),
    'Week 3',
    '["question-1", "question-2", "question-3"]',
    3,
    TIMESTAMP '2026-11-22',
    'synthetic',
    TIMESTAMP '2026-11-01'
FROM generate_series(0, {cohorts} - 1) AS numbers(c)
--------
INSERT INTO questions (id, category, level, title, minutes)
SELECT 'question-' || q, 'category-' || (q % 8), 'level-' || (q % 4), 'Question ' || q, 5
FROM generate_series(0, 119) AS numbers(q)
--------
INSERT INTO attempts (id, candidate_id, session_id, question_id, started_at, mode, status, synthetic)
SELECT
    attempt_id,
    candidate_id,
    's' || CAST(floor(i / ({candidates} * 3.0)) AS INTEGER) || '-' || (i % {candidates}),
    question_id,
    began,
    'camera',
    CASE WHEN i % 17 = 0 THEN 'unscored' ELSE 'scored' END,
    true
FROM made
--------
INSERT INTO speeches (attempt_id, candidate_id, engine, words, voiced, seconds, notes)
SELECT attempt_id, candidate_id, 'synthetic', '[]', '[]', 90 + i % 60, '[]' FROM made
--------
INSERT INTO assessments
(attempt_id, candidate_id, assessment_id, notes, scored_at, scorer, scorer_version, rubric_version)
SELECT
    attempt_id,
    candidate_id,
    'x' || i,
    '[]',
    began,
    CASE WHEN floor(i / ({candidates} * 1.0)) % 2 = 0 THEN 'synthetic' ELSE 'reader' END,
    '1',
    'r1'
FROM made
--------
INSERT INTO scores (
    attempt_id, candidate_id, assessment_id, place, criterion, level, scorer, scorer_version, rubric_version,
    missing_for_next, errors, fix, scored_at
)
SELECT
    attempt_id,
    candidate_id,
    'x' || i,
    k,
    'C' || CAST(1 + (floor(i / ({candidates} * 1.0)) + k) % 6 AS INTEGER),
    CASE WHEN i % 17 > 0 THEN 1 + (i * 31 + k * 17) % 13 % 7 / 2.0 END,
    'synthetic',
    '1',
    'r1',
    '',
    '[]',
    '',
    began
FROM made CROSS JOIN generate_series(0, 2) AS each_score(k)
--------
INSERT INTO key_points
(attempt_id, candidate_id, assessment_id, place, key_point_id, text, probe, competency, status)
SELECT
    attempt_id,
    candidate_id,
    'x' || i,
    k,
    'k' || k,
    'Key point ' || k || ' of ' || question_id,
    '',
    'C' || (1 + k),
    CASE WHEN (i * 5 + k) % 11 % 3 = 0 THEN 'missed' ELSE 'covered' END
FROM made CROSS JOIN generate_series(0, 1) AS each_point(k)
--------
INSERT INTO delivery (attempt_id, candidate_id, name, value, unit)
SELECT
    attempt_id,
    candidate_id,
    'words',
    (i * 7) % 101 / 3.0,
    'count'
FROM made
--------
INSERT INTO signal_summaries (attempt_id, candidate_id, name, value, unit, coverage)
SELECT attempt_id, candidate_id, 'eye_contact_camera', (i * 9) % 103 / 103.0, 'share', 0.9 FROM made
--------
INSERT INTO self_ratings (attempt_id, candidate_id, criterion, level, rated_at)
SELECT attempt_id, candidate_id, 'C' || (1 + i % 6), 2.0, began FROM made WHERE i % 5 = 0
--------
DROP TABLE made
--------
DROP TABLE persons
