-- Rows for `bench/store.py`: answers {first} to {last} by {candidates} candidates, in the order of time, all mixed.
CREATE TEMP TABLE made AS
SELECT
    i,
    'a' || i AS attempt_id,
    md5('synthetic-' || (i % {candidates})) AS candidate_id,
    TIMESTAMP '2025-01-01' + to_seconds((i * 31536000.0 / {last})::BIGINT) AS began
FROM range({first}, {last}) AS numbers(i);

INSERT INTO attempts BY NAME
SELECT
    attempt_id AS id,
    candidate_id,
    's' || (i // ({candidates} * 3)) || '-' || (i % {candidates}) AS session_id,
    'question-' || (i * 7919 % 120) AS question_id,
    began AS started_at,
    'camera' AS mode,
    CASE WHEN i % 17 = 0 THEN 'unscored' ELSE 'scored' END AS status,
    true AS synthetic
FROM made;

INSERT INTO speeches BY NAME
SELECT attempt_id, candidate_id, 'synthetic' AS engine, '[]' AS words, '[]' AS voiced, 90 + i % 60 AS seconds, '[]' AS notes
FROM made;

INSERT INTO scores BY NAME
SELECT
    attempt_id,
    candidate_id,
    'x' || i AS assessment_id,
    k AS place,
    'C' || (1 + (i + k) % 6) AS criterion,
    CASE WHEN i % 17 > 0 THEN 1 + hash(i * 4 + k) % 7 / 2.0 END AS level,
    1.0 AS low,
    4.0 AS high,
    CASE WHEN i // {candidates} % 2 = 0 THEN 'synthetic' ELSE 'judge' END AS scorer,
    '1' AS scorer_version,
    'r1' AS rubric_version,
    '' AS missing_for_next,
    '[]' AS errors,
    '' AS fix,
    began AS scored_at
FROM made, range(4) AS each(k);

INSERT INTO delivery BY NAME
SELECT attempt_id, candidate_id, 'delivery_' || k AS name, hash(i * 7 + k) % 100 / 3.0 AS value, 'per minute' AS unit
FROM made, range(7) AS each(k);

INSERT INTO signal_summaries BY NAME
SELECT
    attempt_id,
    candidate_id,
    'signal_' || k AS name,
    hash(i * 9 + k) % 100 / 100.0 AS value,
    'share' AS unit,
    0.9 AS coverage
FROM made, range(9) AS each(k);

INSERT INTO self_ratings BY NAME
SELECT attempt_id, candidate_id, 'C' || (1 + i % 6) AS criterion, 2.0 AS level, began AS rated_at
FROM made
WHERE i % 5 = 0;

INSERT INTO questions
SELECT 'question-' || i, 'category-' || (i % 8), 'level-' || (i % 4), 'Question ' || i, 5
FROM range(120) AS numbers(i)
WHERE {first} = 0;
