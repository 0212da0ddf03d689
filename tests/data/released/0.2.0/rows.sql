INSERT INTO attempts (id, candidate_id, session_id, question_id, started_at, mode, status, recording, question_end_seconds, note, synthetic) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', '2207a581b4dc04f6c15c2517596f0960-session-1', 'url-shortener', TIMESTAMP '2027-01-19 18:30:00', 'camera', 'scored', '2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001.mp4', 0.5, NULL, false),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'bf5fbd5832b10df5cef5c161c7a0ca6b-session-1', 'url-shortener', TIMESTAMP '2027-01-19 18:30:00', 'camera', 'scored', 'bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001.mp4', 0.5, NULL, false),
('me-00000000000000000000000000000007', 'me', 'me-session-7', 'url-shortener', TIMESTAMP '2026-11-20 18:30:00', 'camera', 'scored', 'me-00000000000000000000000000000007.mp4', 0.5, NULL, false),
('me-00000000000000000000000000000008', 'me', 'me-session-8', 'url-shortener', TIMESTAMP '2026-11-20 18:30:00', 'camera', 'scored', 'me-00000000000000000000000000000008.mp4', 0.5, NULL, false),
('sample-00000000000000000000000000000001', 'sample', 'sample-session-1', 'url-shortener', TIMESTAMP '2026-11-20 18:30:00', 'camera', 'scored', 'sample-00000000000000000000000000000001.mp4', 0.5, NULL, false);
INSERT INTO cohorts (id, name, created_by, created_at, synthetic) VALUES
('8a0bc1d881714583b54eac4eebed0cec', 'Cohort of other instructor', '0455a946826b0f8fd8eafcdeee240be0', TIMESTAMP '2026-11-30 12:37:08.895087', false),
('91b764e557ca4ca08890a325adbe5153', 'Cohort of instructor', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-11-30 12:37:08.823758', false);
INSERT INTO accesses (candidate_id, attempt_id, viewer_id, what, why, "at") VALUES
('2207a581b4dc04f6c15c2517596f0960', '', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'attempts', 'became an instructor of Cohort of instructor', TIMESTAMP '2026-11-30 12:37:10.454539'),
('2207a581b4dc04f6c15c2517596f0960', '2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', 'a2b15f12810a5a158da41f6923f0b642', 'content', 'it was shared', TIMESTAMP '2026-11-30 12:37:10.402832'),
('4a4192386733b297f1a2497de3e88afc', '', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'attempts', 'became an instructor of Cohort of instructor', TIMESTAMP '2026-11-30 12:37:10.454539');
INSERT INTO activity (cohort_id, candidate_id, week, answers, scored, seconds, last_at) VALUES
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', TIMESTAMP '2027-01-18 00:00:00', 1, 1, 30.0, TIMESTAMP '2027-01-19 18:30:00');
INSERT INTO alembic_version (version_num) VALUES
('0012');
INSERT INTO assessments (attempt_id, candidate_id, assessment_id, notes, scored_at) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', '["The transcript is short."]', TIMESTAMP '2026-11-30 12:37:09.068068'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', '["The transcript is short."]', TIMESTAMP '2026-11-30 12:37:09.675784'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', '["The transcript is short."]', TIMESTAMP '2026-11-30 12:37:10.137300'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', '["The transcript is short."]', TIMESTAMP '2026-11-30 12:37:10.208416'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', '["The transcript is short."]', TIMESTAMP '2026-11-30 12:37:09.900210');
INSERT INTO assignments (id, cohort_id, title, questions, takes, minutes, due_at, created_by, created_at, withdrawn_at) VALUES
('6c560faff4684568b9c042d56aad08ec', '91b764e557ca4ca08890a325adbe5153', 'Week 1', '["url-shortener"]', 3, NULL, TIMESTAMP '2026-12-01 12:37:04.965136', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-11-30 12:37:10.412085', NULL);
INSERT INTO candidate_delivery (cohort_id, candidate_id, name, unit, n, total) VALUES
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'articulation_rate_wpm', 'words/min', 1, 160.0),
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'filled_pauses_per_minute', 'per minute', 1, 3.0),
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'long_pauses', 'count', 1, 1.0),
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'long_pauses_per_minute', 'per minute', 1, 2.0),
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'pause_share', 'share', 1, 0.2),
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'pauses', 'count', 1, 6.0),
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'response_latency_seconds', 's', 1, 1.5),
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'speaking_rate_wpm', 'words/min', 1, 130.0),
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'speech_seconds', 's', 1, 20.0),
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'words', 'count', 1, 52.0);
INSERT INTO candidate_weeks (cohort_id, candidate_id, week, criterion, scorer, scorer_version, rubric_version, n, unscored, total, squares, level1, level2, level3, level4) VALUES
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', TIMESTAMP '2027-01-18 00:00:00', 'C2', 'offline', '1', 'r1', 1, 0, 3.0, 9.0, 0, 0, 1, 0),
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', TIMESTAMP '2027-01-18 00:00:00', 'C4', 'offline', '1', 'r1', 0, 1, 0.0, 0.0, 0, 0, 0, 0);
INSERT INTO code_checks (attempt_id, candidate_id, place, name, outcome, edge, seconds, problem, ran_in) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 0, 'adds', 'passed', false, 0.01, '', 'candidate''s browser'),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 1, 'nothing', 'not_run', true, NULL, 'stopped', 'candidate''s browser'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 0, 'adds', 'passed', false, 0.01, '', 'candidate''s browser'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 1, 'nothing', 'not_run', true, NULL, 'stopped', 'candidate''s browser'),
('me-00000000000000000000000000000007', 'me', 0, 'adds', 'passed', false, 0.01, '', 'candidate''s browser'),
('me-00000000000000000000000000000007', 'me', 1, 'nothing', 'not_run', true, NULL, 'stopped', 'candidate''s browser'),
('me-00000000000000000000000000000008', 'me', 0, 'adds', 'passed', false, 0.01, '', 'candidate''s browser'),
('me-00000000000000000000000000000008', 'me', 1, 'nothing', 'not_run', true, NULL, 'stopped', 'candidate''s browser'),
('sample-00000000000000000000000000000001', 'sample', 0, 'adds', 'passed', false, 0.01, '', 'candidate''s browser'),
('sample-00000000000000000000000000000001', 'sample', 1, 'nothing', 'not_run', true, NULL, 'stopped', 'candidate''s browser');
INSERT INTO codes (attempt_id, candidate_id, language, text, changed_since) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'Python', 'def add(a, b):
    return a + b
', false),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'Python', 'def add(a, b):
    return a + b
', false),
('me-00000000000000000000000000000007', 'me', 'Python', 'def add(a, b):
    return a + b
', false),
('me-00000000000000000000000000000008', 'me', 'Python', 'def add(a, b):
    return a + b
', false),
('sample-00000000000000000000000000000001', 'sample', 'Python', 'def add(a, b):
    return a + b
', false);
INSERT INTO delivery (attempt_id, candidate_id, name, value, unit, reason) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'articulation_rate_wpm', 160.0, 'words/min', NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'filled_pauses_per_minute', 3.0, 'per minute', NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'long_pauses', 1.0, 'count', NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'long_pauses_per_minute', 2.0, 'per minute', NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'pause_share', 0.2, 'share', NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'pauses', 6.0, 'count', NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'response_latency_seconds', 1.5, 's', NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'speaking_rate_wpm', 130.0, 'words/min', NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'speech_seconds', 20.0, 's', NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'verbal_fillers_per_minute', NULL, 'per minute', NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'words', 52.0, 'count', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'articulation_rate_wpm', 160.0, 'words/min', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'filled_pauses_per_minute', 3.0, 'per minute', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'long_pauses', 1.0, 'count', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'long_pauses_per_minute', 2.0, 'per minute', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'pause_share', 0.2, 'share', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'pauses', 6.0, 'count', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'response_latency_seconds', 1.5, 's', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'speaking_rate_wpm', 130.0, 'words/min', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'speech_seconds', 20.0, 's', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'verbal_fillers_per_minute', NULL, 'per minute', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'words', 52.0, 'count', NULL),
('me-00000000000000000000000000000007', 'me', 'articulation_rate_wpm', 160.0, 'words/min', NULL),
('me-00000000000000000000000000000007', 'me', 'filled_pauses_per_minute', 3.0, 'per minute', NULL),
('me-00000000000000000000000000000007', 'me', 'long_pauses', 1.0, 'count', NULL),
('me-00000000000000000000000000000007', 'me', 'long_pauses_per_minute', 2.0, 'per minute', NULL),
('me-00000000000000000000000000000007', 'me', 'pause_share', 0.2, 'share', NULL),
('me-00000000000000000000000000000007', 'me', 'pauses', 6.0, 'count', NULL),
('me-00000000000000000000000000000007', 'me', 'response_latency_seconds', 1.5, 's', NULL),
('me-00000000000000000000000000000007', 'me', 'speaking_rate_wpm', 130.0, 'words/min', NULL),
('me-00000000000000000000000000000007', 'me', 'speech_seconds', 20.0, 's', NULL),
('me-00000000000000000000000000000007', 'me', 'verbal_fillers_per_minute', NULL, 'per minute', NULL),
('me-00000000000000000000000000000007', 'me', 'words', 52.0, 'count', NULL),
('me-00000000000000000000000000000008', 'me', 'articulation_rate_wpm', 160.0, 'words/min', NULL),
('me-00000000000000000000000000000008', 'me', 'filled_pauses_per_minute', 3.0, 'per minute', NULL),
('me-00000000000000000000000000000008', 'me', 'long_pauses', 1.0, 'count', NULL),
('me-00000000000000000000000000000008', 'me', 'long_pauses_per_minute', 2.0, 'per minute', NULL),
('me-00000000000000000000000000000008', 'me', 'pause_share', 0.2, 'share', NULL),
('me-00000000000000000000000000000008', 'me', 'pauses', 6.0, 'count', NULL),
('me-00000000000000000000000000000008', 'me', 'response_latency_seconds', 1.5, 's', NULL),
('me-00000000000000000000000000000008', 'me', 'speaking_rate_wpm', 130.0, 'words/min', NULL),
('me-00000000000000000000000000000008', 'me', 'speech_seconds', 20.0, 's', NULL),
('me-00000000000000000000000000000008', 'me', 'verbal_fillers_per_minute', NULL, 'per minute', NULL),
('me-00000000000000000000000000000008', 'me', 'words', 52.0, 'count', NULL),
('sample-00000000000000000000000000000001', 'sample', 'articulation_rate_wpm', 160.0, 'words/min', NULL),
('sample-00000000000000000000000000000001', 'sample', 'filled_pauses_per_minute', 3.0, 'per minute', NULL),
('sample-00000000000000000000000000000001', 'sample', 'long_pauses', 1.0, 'count', NULL),
('sample-00000000000000000000000000000001', 'sample', 'long_pauses_per_minute', 2.0, 'per minute', NULL),
('sample-00000000000000000000000000000001', 'sample', 'pause_share', 0.2, 'share', NULL),
('sample-00000000000000000000000000000001', 'sample', 'pauses', 6.0, 'count', NULL),
('sample-00000000000000000000000000000001', 'sample', 'response_latency_seconds', 1.5, 's', NULL),
('sample-00000000000000000000000000000001', 'sample', 'speaking_rate_wpm', 130.0, 'words/min', NULL),
('sample-00000000000000000000000000000001', 'sample', 'speech_seconds', 20.0, 's', NULL),
('sample-00000000000000000000000000000001', 'sample', 'verbal_fillers_per_minute', NULL, 'per minute', NULL),
('sample-00000000000000000000000000000001', 'sample', 'words', 52.0, 'count', NULL);
INSERT INTO disputes (attempt_id, candidate_id, dispute_id, criterion, scorer, scorer_version, words, reason, made_at, first_level, first_score, second_level, second_score, second_at) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', '9a37d63c9499c2ad72c0eca1', 'C2', 'offline', '1', 'add128102534ca945e59febf', 'I named it.', TIMESTAMP '2026-11-30 12:37:10.323241', 3.0, '{"criterion": "C2", "level": 3.0, "scorer": "offline", "scorer_version": "1", "rubric_version": "r1", "low": 2.0, "high": 4, "reason": null, "evidence": [{"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}], "missing_for_next": "RPO", "errors": ["x"], "fix": "y"}', NULL, NULL, NULL);
INSERT INTO drafts (candidate_id, key, text, version, saved_at) VALUES
('me', 'draft:me-00000000000000000000000000000007', 'a draft', 'tab.1', TIMESTAMP '2026-11-30 12:37:10.300105');
INSERT INTO evidence (attempt_id, candidate_id, assessment_id, place, subject, subject_place, subject_id, quote, turn, elicitation, start_seconds, end_seconds, clause) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', 0, 'flag', 0, 'happy_path_only', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', 0, 'key_point', 0, 'k1', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', 0, 'score', 0, 'C2', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', 0, 'flag', 0, 'happy_path_only', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', 0, 'key_point', 0, 'k1', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', 0, 'score', 0, 'C2', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', 0, 'flag', 0, 'happy_path_only', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', 0, 'key_point', 0, 'k1', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', 0, 'score', 0, 'C2', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', 0, 'flag', 0, 'happy_path_only', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', 0, 'key_point', 0, 'k1', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', 0, 'score', 0, 'C2', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', 0, 'flag', 0, 'happy_path_only', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', 0, 'key_point', 0, 'k1', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', 0, 'score', 0, 'C2', 'the leader refuses writes', 1, 'volunteered', 1.0, 2.5, 'C2.3.a');
INSERT INTO flags (attempt_id, candidate_id, assessment_id, place, name, explanation, where_found) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', 0, 'happy_path_only', 'No failure was named.', ''),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', 1, 'ends_at_diagram', 'Nothing.', 'end'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', 0, 'happy_path_only', 'No failure was named.', ''),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', 1, 'ends_at_diagram', 'Nothing.', 'end'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', 0, 'happy_path_only', 'No failure was named.', ''),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', 1, 'ends_at_diagram', 'Nothing.', 'end'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', 0, 'happy_path_only', 'No failure was named.', ''),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', 1, 'ends_at_diagram', 'Nothing.', 'end'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', 0, 'happy_path_only', 'No failure was named.', ''),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', 1, 'ends_at_diagram', 'Nothing.', 'end');
INSERT INTO grants (id, candidate_id, attempt_id, to_person, to_cohort, link_hash, recording, delivery, created_at, expires_at, revoked_at) VALUES
('b494224af96a4efb9cafca51016cbf71', '2207a581b4dc04f6c15c2517596f0960', '2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', NULL, NULL, 'bdc1da21309b9c2cc2dbbb6e5471e1e4aa614e681da248bbdc186965c7d03044', false, false, TIMESTAMP '2026-11-30 12:37:10.357150', TIMESTAMP '2026-12-01 12:37:04.965136', NULL),
('e5be6494003a46ed81c687e4dd076a27', '2207a581b4dc04f6c15c2517596f0960', '2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', NULL, '91b764e557ca4ca08890a325adbe5153', NULL, true, false, TIMESTAMP '2026-11-30 12:37:10.346433', NULL, NULL);
INSERT INTO interviews (id, candidate_id, started_at, saved_at, over, state) VALUES
('interview-1', 'me', TIMESTAMP '2026-11-20 18:30:00', TIMESTAMP '2026-11-30 12:37:10.471893', false, '{"asked": ["url-shortener"]}');
INSERT INTO invitations (code_hash, cohort_id, role, created_by, expires_at, uses_left) VALUES
('3d58dbea6cdc2df9aee5d5c3953d85717c73878c307cd5944fbca1768c2504f9', '91b764e557ca4ca08890a325adbe5153', 'instructor', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-12-01 12:37:04.965136', 0),
('4aa9eb6787785239d276c13a1d4ac64a34837c4e4f7ed9f73c610b5720e8837b', NULL, 'instructor', 'c7fdad98c58ac3d818fc99a5def78e7f', TIMESTAMP '2026-12-01 12:37:04.965136', 0),
('53baa0b6d9c53994cfb5952a308e9185edbd0ade4611df04c2fd34a238603330', NULL, 'instructor', 'c7fdad98c58ac3d818fc99a5def78e7f', TIMESTAMP '2026-12-01 12:37:04.965136', 0),
('edfeec56fc282ab6c58a4b04dedd7b44abf0471c935964b87412c0067f943efc', NULL, 'candidate', 'c7fdad98c58ac3d818fc99a5def78e7f', TIMESTAMP '2026-12-01 12:37:04.965136', 0),
('f845b4209b807842a8f75f282b318007b305036007c0295c66b21dca6ed3cca2', '91b764e557ca4ca08890a325adbe5153', 'candidate', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-12-01 12:37:04.965136', 0);
INSERT INTO key_points (attempt_id, candidate_id, assessment_id, place, key_point_id, text, probe, competency, status) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', 0, 'k1', 'Says what happens in a partition.', 'What happens in a partition?', 'C2', 'covered'),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', 1, 'k2', 'Says what happens in a partition.', 'What happens in a partition?', 'C2', 'missed'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', 0, 'k1', 'Says what happens in a partition.', 'What happens in a partition?', 'C2', 'covered'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', 1, 'k2', 'Says what happens in a partition.', 'What happens in a partition?', 'C2', 'missed'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', 0, 'k1', 'Says what happens in a partition.', 'What happens in a partition?', 'C2', 'covered'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', 1, 'k2', 'Says what happens in a partition.', 'What happens in a partition?', 'C2', 'missed'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', 0, 'k1', 'Says what happens in a partition.', 'What happens in a partition?', 'C2', 'covered'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', 1, 'k2', 'Says what happens in a partition.', 'What happens in a partition?', 'C2', 'missed'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', 0, 'k1', 'Says what happens in a partition.', 'What happens in a partition?', 'C2', 'covered'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', 1, 'k2', 'Says what happens in a partition.', 'What happens in a partition?', 'C2', 'missed');
INSERT INTO members (cohort_id, candidate_id, role, joined_at) VALUES
('8a0bc1d881714583b54eac4eebed0cec', '0455a946826b0f8fd8eafcdeee240be0', 'instructor', TIMESTAMP '2026-11-30 12:37:08.895087'),
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'candidate', TIMESTAMP '2026-11-30 12:37:08.927943'),
('91b764e557ca4ca08890a325adbe5153', '4a4192386733b297f1a2497de3e88afc', 'candidate', TIMESTAMP '2026-11-30 12:37:08.996225'),
('91b764e557ca4ca08890a325adbe5153', 'a2b15f12810a5a158da41f6923f0b642', 'instructor', TIMESTAMP '2026-11-30 12:37:08.823758'),
('91b764e557ca4ca08890a325adbe5153', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'instructor', TIMESTAMP '2026-11-30 12:37:10.451111');
INSERT INTO memory (candidate_id, key, value, saved_at) VALUES
('2207a581b4dc04f6c15c2517596f0960', 'draft', 'words', TIMESTAMP '2026-11-30 12:37:09.664060'),
('bf5fbd5832b10df5cef5c161c7a0ca6b', 'draft', 'words', TIMESTAMP '2026-11-30 12:37:09.828190'),
('me', 'target-role', 'senior', TIMESTAMP '2026-11-30 12:37:10.308772');
INSERT INTO overrides (attempt_id, candidate_id, criterion, scorer, scorer_version, words, note, made_by, made_at, level, machine_level, machine_score) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'C2', 'offline', '1', 'add128102534ca945e59febf', 'Both are there.', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-11-30 12:37:10.334213', 4.0, 3.0, '{"criterion": "C2", "level": 3.0, "scorer": "offline", "scorer_version": "1", "rubric_version": "r1", "low": 2.0, "high": 4, "reason": null, "evidence": [{"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}], "missing_for_next": "RPO", "errors": ["x"], "fix": "y"}');
INSERT INTO people (candidate_id, issuer, subject, name, email, role, joined_at, signed_out_at, email_verified) VALUES
('0455a946826b0f8fd8eafcdeee240be0', 'https://id.example', 'other instructor', 'other instructor', 'other instructor@example.org', 'instructor', TIMESTAMP '2026-11-30 12:37:08.854023', NULL, true),
('2207a581b4dc04f6c15c2517596f0960', 'https://id.example', 'owner', 'owner', 'owner@example.org', 'candidate', TIMESTAMP '2026-11-30 12:37:08.909867', NULL, true),
('4a4192386733b297f1a2497de3e88afc', 'https://id.example', 'member', 'member', 'member@example.org', 'candidate', TIMESTAMP '2026-11-30 12:37:08.992763', NULL, true),
('a2b15f12810a5a158da41f6923f0b642', 'https://id.example', 'instructor', 'instructor', 'instructor@example.org', 'instructor', TIMESTAMP '2026-11-30 12:37:08.788295', NULL, true),
('bf5fbd5832b10df5cef5c161c7a0ca6b', 'https://id.example', 'stranger', 'stranger', 'stranger@example.org', 'instructor', TIMESTAMP '2026-11-30 12:37:09.042840', NULL, true),
('c7fdad98c58ac3d818fc99a5def78e7f', 'https://id.example', 'admin', 'admin', 'admin@example.org', 'admin', TIMESTAMP '2026-11-30 12:37:08.603822', NULL, true);
INSERT INTO question_sets (id, candidate_id, name, kind, saved_at, content) VALUES
('set-1', 'me', 'mine', 'picked', TIMESTAMP '2026-11-20 18:30:00', 'url-shortener
rate-limiter');
INSERT INTO questions (id, category, level, title, minutes) VALUES
('question-1', 'system_design', 'senior', 'Question 1', 5.0),
('question-2', 'system_design', 'senior', 'Question 2', 5.0);
INSERT INTO results (attempt_id, candidate_id, notes, advice, saved_at) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', '["No face was found at first."]', '{"worked": ["You named the guarantee."], "fixes": [{"what": "Failure", "how": "Say it.", "evidence": {"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}}, {"what": "Scale", "how": "Count.", "evidence": null}], "do_next": "Retry."}', TIMESTAMP '2026-11-30 12:37:09.068068'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '["No face was found at first."]', '{"worked": ["You named the guarantee."], "fixes": [{"what": "Failure", "how": "Say it.", "evidence": {"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}}, {"what": "Scale", "how": "Count.", "evidence": null}], "do_next": "Retry."}', TIMESTAMP '2026-11-30 12:37:09.675784'),
('me-00000000000000000000000000000007', 'me', '["No face was found at first."]', '{"worked": ["You named the guarantee."], "fixes": [{"what": "Failure", "how": "Say it.", "evidence": {"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}}, {"what": "Scale", "how": "Count.", "evidence": null}], "do_next": "Retry."}', TIMESTAMP '2026-11-30 12:37:10.137300'),
('me-00000000000000000000000000000008', 'me', '["No face was found at first."]', '{"worked": ["You named the guarantee."], "fixes": [{"what": "Failure", "how": "Say it.", "evidence": {"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}}, {"what": "Scale", "how": "Count.", "evidence": null}], "do_next": "Retry."}', TIMESTAMP '2026-11-30 12:37:10.208416'),
('sample-00000000000000000000000000000001', 'sample', '["No face was found at first."]', '{"worked": ["You named the guarantee."], "fixes": [{"what": "Failure", "how": "Say it.", "evidence": {"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}}, {"what": "Scale", "how": "Count.", "evidence": null}], "do_next": "Retry."}', TIMESTAMP '2026-11-30 12:37:09.900210');
INSERT INTO scores (attempt_id, candidate_id, assessment_id, place, criterion, level, low, high, scorer, scorer_version, rubric_version, reason, missing_for_next, errors, fix, scored_at) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', 0, 'C2', 3.0, 2.0, 4.0, 'offline', '1', 'r1', NULL, 'RPO', '["x"]', 'y', TIMESTAMP '2026-11-30 12:37:09.068068'),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', 1, 'C4', NULL, NULL, NULL, 'offline', '1', 'r1', 'The answer did not touch this.', '', '[]', '', TIMESTAMP '2026-11-30 12:37:09.068068'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', 0, 'C2', 3.0, 2.0, 4.0, 'offline', '1', 'r1', NULL, 'RPO', '["x"]', 'y', TIMESTAMP '2026-11-30 12:37:09.675784'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', 1, 'C4', NULL, NULL, NULL, 'offline', '1', 'r1', 'The answer did not touch this.', '', '[]', '', TIMESTAMP '2026-11-30 12:37:09.675784'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', 0, 'C2', 3.0, 2.0, 4.0, 'offline', '1', 'r1', NULL, 'RPO', '["x"]', 'y', TIMESTAMP '2026-11-30 12:37:10.137300'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', 1, 'C4', NULL, NULL, NULL, 'offline', '1', 'r1', 'The answer did not touch this.', '', '[]', '', TIMESTAMP '2026-11-30 12:37:10.137300'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', 0, 'C2', 3.0, 2.0, 4.0, 'offline', '1', 'r1', NULL, 'RPO', '["x"]', 'y', TIMESTAMP '2026-11-30 12:37:10.208416'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', 1, 'C4', NULL, NULL, NULL, 'offline', '1', 'r1', 'The answer did not touch this.', '', '[]', '', TIMESTAMP '2026-11-30 12:37:10.208416'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', 0, 'C2', 3.0, 2.0, 4.0, 'offline', '1', 'r1', NULL, 'RPO', '["x"]', 'y', TIMESTAMP '2026-11-30 12:37:09.900210'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', 1, 'C4', NULL, NULL, NULL, 'offline', '1', 'r1', 'The answer did not touch this.', '', '[]', '', TIMESTAMP '2026-11-30 12:37:09.900210');
INSERT INTO self_ratings (attempt_id, candidate_id, criterion, level, rated_at) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'C2', 2.0, TIMESTAMP '2026-11-30 12:37:09.650034'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'C2', 2.0, TIMESTAMP '2026-11-30 12:37:09.816995'),
('me-00000000000000000000000000000007', 'me', 'C1', 2.0, TIMESTAMP '2026-11-30 12:37:10.281966'),
('me-00000000000000000000000000000007', 'me', 'answer', 3.0, TIMESTAMP '2026-11-30 12:37:10.281966');
INSERT INTO sign_ins (key, candidate_id, began_at, ended_at, seen_at) VALUES
('admin', 'c7fdad98c58ac3d818fc99a5def78e7f', TIMESTAMP '2026-11-30 12:37:08.662678', NULL, TIMESTAMP '2026-11-30 12:37:08.662678'),
('instructor', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-11-30 12:37:08.799448', NULL, TIMESTAMP '2026-11-30 12:37:08.799448'),
('member', '4a4192386733b297f1a2497de3e88afc', TIMESTAMP '2026-11-30 12:37:09.018829', NULL, TIMESTAMP '2026-11-30 12:37:09.018829'),
('other instructor', '0455a946826b0f8fd8eafcdeee240be0', TIMESTAMP '2026-11-30 12:37:08.874312', NULL, TIMESTAMP '2026-11-30 12:37:08.874312'),
('owner', '2207a581b4dc04f6c15c2517596f0960', TIMESTAMP '2026-11-30 12:37:08.970738', NULL, TIMESTAMP '2026-11-30 12:37:08.970738'),
('stranger', 'bf5fbd5832b10df5cef5c161c7a0ca6b', TIMESTAMP '2026-11-30 12:37:09.058693', NULL, TIMESTAMP '2026-11-30 12:37:09.058693');
INSERT INTO signal_events (attempt_id, candidate_id, name, start_seconds, end_seconds, advice) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'leaning in', 3.0, 6.0, 'Move the chair back by a hand.'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'leaning in', 3.0, 6.0, 'Move the chair back by a hand.'),
('me-00000000000000000000000000000007', 'me', 'leaning in', 3.0, 6.0, 'Move the chair back by a hand.'),
('me-00000000000000000000000000000008', 'me', 'leaning in', 3.0, 6.0, 'Move the chair back by a hand.'),
('sample-00000000000000000000000000000001', 'sample', 'leaning in', 3.0, 6.0, 'Move the chair back by a hand.');
INSERT INTO signal_summaries (attempt_id, candidate_id, name, value, unit, coverage, reason) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'eye_contact_camera', 0.6, 'share', 0.95, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'slouch', NULL, 'shoulder widths', 0.0, 'no upright baseline'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'eye_contact_camera', 0.6, 'share', 0.95, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'slouch', NULL, 'shoulder widths', 0.0, 'no upright baseline'),
('me-00000000000000000000000000000007', 'me', 'eye_contact_camera', 0.6, 'share', 0.95, NULL),
('me-00000000000000000000000000000007', 'me', 'slouch', NULL, 'shoulder widths', 0.0, 'no upright baseline'),
('me-00000000000000000000000000000008', 'me', 'eye_contact_camera', 0.6, 'share', 0.95, NULL),
('me-00000000000000000000000000000008', 'me', 'slouch', NULL, 'shoulder widths', 0.0, 'no upright baseline'),
('sample-00000000000000000000000000000001', 'sample', 'eye_contact_camera', 0.6, 'share', 0.95, NULL),
('sample-00000000000000000000000000000001', 'sample', 'slouch', NULL, 'shoulder widths', 0.0, 'no upright baseline');
INSERT INTO signals (attempt_id, candidate_id, seconds, name, value, label) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 0.0, 'centring', 0.03, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 0.0, 'face_found', 1.0, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 0.0, 'gaze', NULL, 'camera'),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 0.0, 'lean', 0.1, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 0.0, 'motion', 0.04, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 0.0, 'pitch_degrees', -2.0, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 0.0, 'roll_degrees', 0.5, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 0.0, 'slouch', 0.02, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 0.0, 'yaw_degrees', 1.0, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 1.0, 'centring', 0.03, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 1.0, 'face_found', 1.0, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 1.0, 'gaze', NULL, 'camera'),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 1.0, 'lean', 0.1, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 1.0, 'motion', 0.04, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 1.0, 'pitch_degrees', -2.0, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 1.0, 'roll_degrees', 0.5, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 1.0, 'slouch', 0.02, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 1.0, 'yaw_degrees', 1.0, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 2.0, 'centring', 0.03, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 2.0, 'face_found', 1.0, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 2.0, 'gaze', NULL, 'camera'),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 2.0, 'lean', 0.1, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 2.0, 'motion', 0.04, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 2.0, 'pitch_degrees', -2.0, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 2.0, 'roll_degrees', 0.5, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 2.0, 'slouch', 0.02, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 2.0, 'yaw_degrees', 1.0, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 0.0, 'centring', 0.03, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 0.0, 'face_found', 1.0, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 0.0, 'gaze', NULL, 'camera'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 0.0, 'lean', 0.1, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 0.0, 'motion', 0.04, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 0.0, 'pitch_degrees', -2.0, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 0.0, 'roll_degrees', 0.5, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 0.0, 'slouch', 0.02, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 0.0, 'yaw_degrees', 1.0, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 1.0, 'centring', 0.03, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 1.0, 'face_found', 1.0, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 1.0, 'gaze', NULL, 'camera'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 1.0, 'lean', 0.1, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 1.0, 'motion', 0.04, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 1.0, 'pitch_degrees', -2.0, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 1.0, 'roll_degrees', 0.5, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 1.0, 'slouch', 0.02, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 1.0, 'yaw_degrees', 1.0, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 2.0, 'centring', 0.03, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 2.0, 'face_found', 1.0, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 2.0, 'gaze', NULL, 'camera'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 2.0, 'lean', 0.1, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 2.0, 'motion', 0.04, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 2.0, 'pitch_degrees', -2.0, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 2.0, 'roll_degrees', 0.5, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 2.0, 'slouch', 0.02, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 2.0, 'yaw_degrees', 1.0, NULL),
('me-00000000000000000000000000000007', 'me', 0.0, 'centring', 0.03, NULL),
('me-00000000000000000000000000000007', 'me', 0.0, 'face_found', 1.0, NULL),
('me-00000000000000000000000000000007', 'me', 0.0, 'gaze', NULL, 'camera'),
('me-00000000000000000000000000000007', 'me', 0.0, 'lean', 0.1, NULL),
('me-00000000000000000000000000000007', 'me', 0.0, 'motion', 0.04, NULL),
('me-00000000000000000000000000000007', 'me', 0.0, 'pitch_degrees', -2.0, NULL),
('me-00000000000000000000000000000007', 'me', 0.0, 'roll_degrees', 0.5, NULL),
('me-00000000000000000000000000000007', 'me', 0.0, 'slouch', 0.02, NULL),
('me-00000000000000000000000000000007', 'me', 0.0, 'yaw_degrees', 1.0, NULL),
('me-00000000000000000000000000000007', 'me', 1.0, 'centring', 0.03, NULL),
('me-00000000000000000000000000000007', 'me', 1.0, 'face_found', 1.0, NULL),
('me-00000000000000000000000000000007', 'me', 1.0, 'gaze', NULL, 'camera'),
('me-00000000000000000000000000000007', 'me', 1.0, 'lean', 0.1, NULL),
('me-00000000000000000000000000000007', 'me', 1.0, 'motion', 0.04, NULL),
('me-00000000000000000000000000000007', 'me', 1.0, 'pitch_degrees', -2.0, NULL),
('me-00000000000000000000000000000007', 'me', 1.0, 'roll_degrees', 0.5, NULL),
('me-00000000000000000000000000000007', 'me', 1.0, 'slouch', 0.02, NULL),
('me-00000000000000000000000000000007', 'me', 1.0, 'yaw_degrees', 1.0, NULL),
('me-00000000000000000000000000000007', 'me', 2.0, 'centring', 0.03, NULL),
('me-00000000000000000000000000000007', 'me', 2.0, 'face_found', 1.0, NULL),
('me-00000000000000000000000000000007', 'me', 2.0, 'gaze', NULL, 'camera'),
('me-00000000000000000000000000000007', 'me', 2.0, 'lean', 0.1, NULL),
('me-00000000000000000000000000000007', 'me', 2.0, 'motion', 0.04, NULL),
('me-00000000000000000000000000000007', 'me', 2.0, 'pitch_degrees', -2.0, NULL),
('me-00000000000000000000000000000007', 'me', 2.0, 'roll_degrees', 0.5, NULL),
('me-00000000000000000000000000000007', 'me', 2.0, 'slouch', 0.02, NULL),
('me-00000000000000000000000000000007', 'me', 2.0, 'yaw_degrees', 1.0, NULL),
('me-00000000000000000000000000000008', 'me', 0.0, 'centring', 0.03, NULL),
('me-00000000000000000000000000000008', 'me', 0.0, 'face_found', 1.0, NULL),
('me-00000000000000000000000000000008', 'me', 0.0, 'gaze', NULL, 'camera'),
('me-00000000000000000000000000000008', 'me', 0.0, 'lean', 0.1, NULL),
('me-00000000000000000000000000000008', 'me', 0.0, 'motion', 0.04, NULL),
('me-00000000000000000000000000000008', 'me', 0.0, 'pitch_degrees', -2.0, NULL),
('me-00000000000000000000000000000008', 'me', 0.0, 'roll_degrees', 0.5, NULL),
('me-00000000000000000000000000000008', 'me', 0.0, 'slouch', 0.02, NULL),
('me-00000000000000000000000000000008', 'me', 0.0, 'yaw_degrees', 1.0, NULL),
('me-00000000000000000000000000000008', 'me', 1.0, 'centring', 0.03, NULL),
('me-00000000000000000000000000000008', 'me', 1.0, 'face_found', 1.0, NULL),
('me-00000000000000000000000000000008', 'me', 1.0, 'gaze', NULL, 'camera'),
('me-00000000000000000000000000000008', 'me', 1.0, 'lean', 0.1, NULL),
('me-00000000000000000000000000000008', 'me', 1.0, 'motion', 0.04, NULL),
('me-00000000000000000000000000000008', 'me', 1.0, 'pitch_degrees', -2.0, NULL),
('me-00000000000000000000000000000008', 'me', 1.0, 'roll_degrees', 0.5, NULL),
('me-00000000000000000000000000000008', 'me', 1.0, 'slouch', 0.02, NULL),
('me-00000000000000000000000000000008', 'me', 1.0, 'yaw_degrees', 1.0, NULL),
('me-00000000000000000000000000000008', 'me', 2.0, 'centring', 0.03, NULL),
('me-00000000000000000000000000000008', 'me', 2.0, 'face_found', 1.0, NULL),
('me-00000000000000000000000000000008', 'me', 2.0, 'gaze', NULL, 'camera'),
('me-00000000000000000000000000000008', 'me', 2.0, 'lean', 0.1, NULL),
('me-00000000000000000000000000000008', 'me', 2.0, 'motion', 0.04, NULL),
('me-00000000000000000000000000000008', 'me', 2.0, 'pitch_degrees', -2.0, NULL),
('me-00000000000000000000000000000008', 'me', 2.0, 'roll_degrees', 0.5, NULL),
('me-00000000000000000000000000000008', 'me', 2.0, 'slouch', 0.02, NULL),
('me-00000000000000000000000000000008', 'me', 2.0, 'yaw_degrees', 1.0, NULL),
('sample-00000000000000000000000000000001', 'sample', 0.0, 'centring', 0.03, NULL),
('sample-00000000000000000000000000000001', 'sample', 0.0, 'face_found', 1.0, NULL),
('sample-00000000000000000000000000000001', 'sample', 0.0, 'gaze', NULL, 'camera'),
('sample-00000000000000000000000000000001', 'sample', 0.0, 'lean', 0.1, NULL),
('sample-00000000000000000000000000000001', 'sample', 0.0, 'motion', 0.04, NULL),
('sample-00000000000000000000000000000001', 'sample', 0.0, 'pitch_degrees', -2.0, NULL),
('sample-00000000000000000000000000000001', 'sample', 0.0, 'roll_degrees', 0.5, NULL),
('sample-00000000000000000000000000000001', 'sample', 0.0, 'slouch', 0.02, NULL),
('sample-00000000000000000000000000000001', 'sample', 0.0, 'yaw_degrees', 1.0, NULL),
('sample-00000000000000000000000000000001', 'sample', 1.0, 'centring', 0.03, NULL),
('sample-00000000000000000000000000000001', 'sample', 1.0, 'face_found', 1.0, NULL),
('sample-00000000000000000000000000000001', 'sample', 1.0, 'gaze', NULL, 'camera'),
('sample-00000000000000000000000000000001', 'sample', 1.0, 'lean', 0.1, NULL),
('sample-00000000000000000000000000000001', 'sample', 1.0, 'motion', 0.04, NULL),
('sample-00000000000000000000000000000001', 'sample', 1.0, 'pitch_degrees', -2.0, NULL),
('sample-00000000000000000000000000000001', 'sample', 1.0, 'roll_degrees', 0.5, NULL),
('sample-00000000000000000000000000000001', 'sample', 1.0, 'slouch', 0.02, NULL),
('sample-00000000000000000000000000000001', 'sample', 1.0, 'yaw_degrees', 1.0, NULL),
('sample-00000000000000000000000000000001', 'sample', 2.0, 'centring', 0.03, NULL),
('sample-00000000000000000000000000000001', 'sample', 2.0, 'face_found', 1.0, NULL),
('sample-00000000000000000000000000000001', 'sample', 2.0, 'gaze', NULL, 'camera'),
('sample-00000000000000000000000000000001', 'sample', 2.0, 'lean', 0.1, NULL),
('sample-00000000000000000000000000000001', 'sample', 2.0, 'motion', 0.04, NULL),
('sample-00000000000000000000000000000001', 'sample', 2.0, 'pitch_degrees', -2.0, NULL),
('sample-00000000000000000000000000000001', 'sample', 2.0, 'roll_degrees', 0.5, NULL),
('sample-00000000000000000000000000000001', 'sample', 2.0, 'slouch', 0.02, NULL),
('sample-00000000000000000000000000000001', 'sample', 2.0, 'yaw_degrees', 1.0, NULL);
INSERT INTO sketches (attempt_id, candidate_id, text) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'flowchart LR
  client --> api'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'flowchart LR
  client --> api'),
('me-00000000000000000000000000000007', 'me', 'flowchart LR
  client --> api'),
('me-00000000000000000000000000000008', 'me', 'flowchart LR
  client --> api'),
('sample-00000000000000000000000000000001', 'sample', 'flowchart LR
  client --> api');
INSERT INTO speeches (attempt_id, candidate_id, engine, language, words, voiced, fillers, seconds, notes, heard) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'faster-whisper base', 'en', '[["the", 1.0, 1.2, 0.9], ["leader", 1.2, 1.6, null], ["refuses", 1.6, 2.0, null], ["writes", null, null, null]]', '[[1.0, 2.5], [3.5, 9.0]]', '[{"text": "um", "start_seconds": 2.5, "end_seconds": 2.8, "kind": "filled_pause"}, {"text": "you know", "start_seconds": 4.0, "end_seconds": 4.4, "kind": "verbal"}]', 30.0, '["The microphone was quiet."]', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'faster-whisper base', 'en', '[["the", 1.0, 1.2, 0.9], ["leader", 1.2, 1.6, null], ["refuses", 1.6, 2.0, null], ["writes", null, null, null]]', '[[1.0, 2.5], [3.5, 9.0]]', '[{"text": "um", "start_seconds": 2.5, "end_seconds": 2.8, "kind": "filled_pause"}, {"text": "you know", "start_seconds": 4.0, "end_seconds": 4.4, "kind": "verbal"}]', 30.0, '["The microphone was quiet."]', NULL),
('me-00000000000000000000000000000007', 'me', 'faster-whisper base', 'en', '[["the", 1.0, 1.2, 0.9], ["leader", 1.2, 1.6, null], ["refuses", 1.6, 2.0, null], ["writes", null, null, null]]', '[[1.0, 2.5], [3.5, 9.0]]', '[{"text": "um", "start_seconds": 2.5, "end_seconds": 2.8, "kind": "filled_pause"}, {"text": "you know", "start_seconds": 4.0, "end_seconds": 4.4, "kind": "verbal"}]', 30.0, '["The microphone was quiet."]', NULL),
('me-00000000000000000000000000000008', 'me', 'faster-whisper base', 'en', '[["the", 1.0, 1.2, 0.9], ["leader", 1.2, 1.6, null], ["refuses", 1.6, 2.0, null], ["writes", null, null, null]]', '[[1.0, 2.5], [3.5, 9.0]]', '[{"text": "um", "start_seconds": 2.5, "end_seconds": 2.8, "kind": "filled_pause"}, {"text": "you know", "start_seconds": 4.0, "end_seconds": 4.4, "kind": "verbal"}]', 30.0, '["The microphone was quiet."]', NULL),
('sample-00000000000000000000000000000001', 'sample', 'faster-whisper base', 'en', '[["the", 1.0, 1.2, 0.9], ["leader", 1.2, 1.6, null], ["refuses", 1.6, 2.0, null], ["writes", null, null, null]]', '[[1.0, 2.5], [3.5, 9.0]]', '[{"text": "um", "start_seconds": 2.5, "end_seconds": 2.8, "kind": "filled_pause"}, {"text": "you know", "start_seconds": 4.0, "end_seconds": 4.4, "kind": "verbal"}]', 30.0, '["The microphone was quiet."]', NULL);
INSERT INTO standings (cohort_id, candidate_id, criterion, scorer, scorer_version, rubric_version, level, low, high, before_level, n, answers, last_at) VALUES
('91b764e557ca4ca08890a325adbe5153', '2207a581b4dc04f6c15c2517596f0960', 'C2', 'offline', '1', 'r1', 3.0, 3.0, 3.0, NULL, 1, 1, TIMESTAMP '2027-01-19 18:30:00');
INSERT INTO turns (attempt_id, candidate_id, turn, speaker, text, words, elicitation, start_seconds, end_seconds) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 0, 'interviewer', 'Design it.', '[]', 'volunteered', NULL, NULL),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 1, 'candidate', 'the leader refuses writes', '[["the", 1.0, 1.2, 0.9], ["leader", 1.2, 1.6, null], ["refuses", 1.6, 2.0, null], ["writes", null, null, null]]', 'volunteered', 1.0, 2.5),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 0, 'interviewer', 'Design it.', '[]', 'volunteered', NULL, NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 1, 'candidate', 'the leader refuses writes', '[["the", 1.0, 1.2, 0.9], ["leader", 1.2, 1.6, null], ["refuses", 1.6, 2.0, null], ["writes", null, null, null]]', 'volunteered', 1.0, 2.5),
('me-00000000000000000000000000000007', 'me', 0, 'interviewer', 'Design it.', '[]', 'volunteered', NULL, NULL),
('me-00000000000000000000000000000007', 'me', 1, 'candidate', 'I''d shard it; 100 % of "keys" — answer 7
and a second line', '[["the", 1.0, 1.2, 0.9], ["leader", 1.2, 1.6, null], ["refuses", 1.6, 2.0, null], ["writes", null, null, null]]', 'volunteered', 1.0, 2.5),
('me-00000000000000000000000000000008', 'me', 0, 'interviewer', 'Design it.', '[]', 'volunteered', NULL, NULL),
('me-00000000000000000000000000000008', 'me', 1, 'candidate', 'I''d shard it; 100 % of "keys" — answer 8
and a second line', '[["the", 1.0, 1.2, 0.9], ["leader", 1.2, 1.6, null], ["refuses", 1.6, 2.0, null], ["writes", null, null, null]]', 'volunteered', 1.0, 2.5),
('sample-00000000000000000000000000000001', 'sample', 0, 'interviewer', 'Design it.', '[]', 'volunteered', NULL, NULL),
('sample-00000000000000000000000000000001', 'sample', 1, 'candidate', 'the leader refuses writes', '[["the", 1.0, 1.2, 0.9], ["leader", 1.2, 1.6, null], ["refuses", 1.6, 2.0, null], ["writes", null, null, null]]', 'volunteered', 1.0, 2.5);
