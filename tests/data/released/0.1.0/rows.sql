INSERT INTO attempts (id, candidate_id, session_id, question_id, started_at, mode, status, recording, question_end_seconds, note, synthetic) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', '2207a581b4dc04f6c15c2517596f0960-session-1', 'url-shortener', TIMESTAMP '2027-01-19 18:30:00', 'camera', 'scored', '2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001.mp4', 0.5, NULL, false),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'bf5fbd5832b10df5cef5c161c7a0ca6b-session-1', 'url-shortener', TIMESTAMP '2027-01-19 18:30:00', 'camera', 'scored', 'bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001.mp4', 0.5, NULL, false),
('me-00000000000000000000000000000007', 'me', 'me-session-7', 'url-shortener', TIMESTAMP '2026-11-20 18:30:00', 'camera', 'scored', 'me-00000000000000000000000000000007.mp4', 0.5, NULL, false),
('me-00000000000000000000000000000008', 'me', 'me-session-8', 'url-shortener', TIMESTAMP '2026-11-20 18:30:00', 'camera', 'scored', 'me-00000000000000000000000000000008.mp4', 0.5, NULL, false),
('sample-00000000000000000000000000000001', 'sample', 'sample-session-1', 'url-shortener', TIMESTAMP '2026-11-20 18:30:00', 'camera', 'scored', 'sample-00000000000000000000000000000001.mp4', 0.5, NULL, false);
INSERT INTO cohorts (id, name, created_by, created_at, synthetic) VALUES
('88f898b84f664004a98dc12d38cdb096', 'Cohort of other instructor', '0455a946826b0f8fd8eafcdeee240be0', TIMESTAMP '2026-11-30 12:36:57.305817', false),
('92652f474058495f809e1cfa4ff530aa', 'Cohort of instructor', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-11-30 12:36:57.176100', false);
INSERT INTO accesses (candidate_id, attempt_id, viewer_id, what, why, "at") VALUES
('2207a581b4dc04f6c15c2517596f0960', '2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', 'a2b15f12810a5a158da41f6923f0b642', 'content', 'it was shared', TIMESTAMP '2026-11-30 12:36:58.740053');
INSERT INTO activity (cohort_id, candidate_id, week, answers, scored, seconds, last_at) VALUES
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', TIMESTAMP '2027-01-18 00:00:00', 1, 1, 30.0, TIMESTAMP '2027-01-19 18:30:00');
INSERT INTO alembic_version (version_num) VALUES
('0008');
INSERT INTO assessments (attempt_id, candidate_id, assessment_id, notes, scored_at) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', '["The transcript is short."]', TIMESTAMP '2026-11-30 12:36:57.484076'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', '["The transcript is short."]', TIMESTAMP '2026-11-30 12:36:57.945861'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', '["The transcript is short."]', TIMESTAMP '2026-11-30 12:36:58.419554'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', '["The transcript is short."]', TIMESTAMP '2026-11-30 12:36:58.500121'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', '["The transcript is short."]', TIMESTAMP '2026-11-30 12:36:58.200187');
INSERT INTO assignments (id, cohort_id, title, questions, takes, minutes, due_at, created_by, created_at, withdrawn_at) VALUES
('7e9ededaad5c43159ea3597c39a021f0', '92652f474058495f809e1cfa4ff530aa', 'Week 1', '["url-shortener"]', 3, NULL, TIMESTAMP '2026-12-01 12:36:52.594614', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-11-30 12:36:58.747552', NULL);
INSERT INTO candidate_delivery (cohort_id, candidate_id, name, unit, n, total) VALUES
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'articulation_rate_wpm', 'words/min', 1, 160.0),
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'filled_pauses_per_minute', 'per minute', 1, 3.0),
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'long_pauses', 'count', 1, 1.0),
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'long_pauses_per_minute', 'per minute', 1, 2.0),
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'pause_share', 'share', 1, 0.2),
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'pauses', 'count', 1, 6.0),
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'response_latency_seconds', 's', 1, 1.5),
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'speaking_rate_wpm', 'words/min', 1, 130.0),
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'speech_seconds', 's', 1, 20.0),
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'words', 'count', 1, 52.0);
INSERT INTO candidate_weeks (cohort_id, candidate_id, week, criterion, scorer, scorer_version, rubric_version, n, unscored, total, squares, level1, level2, level3, level4) VALUES
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', TIMESTAMP '2027-01-18 00:00:00', 'C2', 'offline', '1', 'r1', 1, 0, 3.0, 9.0, 0, 0, 1, 0),
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', TIMESTAMP '2027-01-18 00:00:00', 'C4', 'offline', '1', 'r1', 0, 1, 0.0, 0.0, 0, 0, 0, 0);
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
INSERT INTO cohort_counts (cohort_id, week, candidates, answers, scored) VALUES
('92652f474058495f809e1cfa4ff530aa', TIMESTAMP '2027-01-18 00:00:00', 1, 1, 1);
INSERT INTO cohort_questions (cohort_id, question_id, kind, name, scorer, scorer_version, rubric_version, candidates, n, unscored, total, squares, level1, level2, level3, level4) VALUES
('92652f474058495f809e1cfa4ff530aa', 'url-shortener', 'answers', '', '', '', '', 1, 1, 0, 0.0, 0.0, 0, 0, 0, 0),
('92652f474058495f809e1cfa4ff530aa', 'url-shortener', 'criterion', 'C2', 'offline', '1', 'r1', 1, 1, 0, 3.0, 9.0, 0, 0, 1, 0),
('92652f474058495f809e1cfa4ff530aa', 'url-shortener', 'criterion', 'C4', 'offline', '1', 'r1', 1, 0, 1, 0.0, 0.0, 0, 0, 0, 0),
('92652f474058495f809e1cfa4ff530aa', 'url-shortener', 'flag', 'ends_at_diagram', '', '', '', 1, 1, 0, 0.0, 0.0, 0, 0, 0, 0),
('92652f474058495f809e1cfa4ff530aa', 'url-shortener', 'flag', 'happy_path_only', '', '', '', 1, 1, 0, 0.0, 0.0, 0, 0, 0, 0),
('92652f474058495f809e1cfa4ff530aa', 'url-shortener', 'missed', 'Says what happens in a partition.', '', '', '', 1, 1, 0, 0.0, 0.0, 0, 0, 0, 0);
INSERT INTO cohort_weeks (cohort_id, week, criterion, scorer, scorer_version, rubric_version, candidates, n, unscored, total, squares, level1, level2, level3, level4) VALUES
('92652f474058495f809e1cfa4ff530aa', TIMESTAMP '2027-01-18 00:00:00', 'C2', 'offline', '1', 'r1', 1, 1, 0, 3.0, 9.0, 0, 0, 1, 0),
('92652f474058495f809e1cfa4ff530aa', TIMESTAMP '2027-01-18 00:00:00', 'C4', 'offline', '1', 'r1', 1, 0, 1, 0.0, 0.0, 0, 0, 0, 0);
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
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', '9a37d63c9499c2ad72c0eca1', 'C2', 'offline', '1', 'add128102534ca945e59febf', 'I named it.', TIMESTAMP '2026-11-30 12:36:58.667251', 3.0, '{"criterion": "C2", "level": 3.0, "scorer": "offline", "scorer_version": "1", "rubric_version": "r1", "low": 2.0, "high": 4, "reason": null, "evidence": [{"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}], "missing_for_next": "RPO", "errors": ["x"], "fix": "y"}', NULL, NULL, NULL);
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
('78805351072c40fd84a3d705a96a4909', '2207a581b4dc04f6c15c2517596f0960', '2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', NULL, '92652f474058495f809e1cfa4ff530aa', NULL, true, false, TIMESTAMP '2026-11-30 12:36:58.697493', NULL, NULL),
('adf283ce23914da2ade544640a0f3442', '2207a581b4dc04f6c15c2517596f0960', '2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', NULL, NULL, 'e51020a33bc4d4b3d39286b60da47c5db1fc2bbea7594dbc35c788ab918e89da', false, false, TIMESTAMP '2026-11-30 12:36:58.711553', TIMESTAMP '2026-12-01 12:36:52.594614', NULL);
INSERT INTO interviews (id, candidate_id, started_at, saved_at, over, state) VALUES
('interview-1', 'me', TIMESTAMP '2026-11-20 18:30:00', TIMESTAMP '2026-11-30 12:36:58.787565', false, '{"asked": ["url-shortener"]}');
INSERT INTO invitations (code_hash, cohort_id, role, created_by, expires_at, uses_left) VALUES
('44d7b01793dea49a6f5897262f0ba55f8650ac96fc8cc51c45b50a2acb90446e', NULL, 'candidate', 'c7fdad98c58ac3d818fc99a5def78e7f', TIMESTAMP '2026-12-01 12:36:52.594614', 0),
('55c13e32798773ae27c733e5858cda865318e4b71a6a1e8f1e2df967ae8c11fc', NULL, 'instructor', 'c7fdad98c58ac3d818fc99a5def78e7f', TIMESTAMP '2026-12-01 12:36:52.594614', 0),
('598e985dd54248ed5a35a0d1fecc2173fd2feeaa5b593dd295a943df7850f2a5', '92652f474058495f809e1cfa4ff530aa', 'instructor', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-12-01 12:36:52.594614', 0),
('8a8ce7752c9f65eeef5071851a5866e5ea42b80cb1b82e8d2eb3c39893eab8b1', '92652f474058495f809e1cfa4ff530aa', 'candidate', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-12-01 12:36:52.594614', 0),
('fd269e391b0713df5e1b60f3f8cfc63e164d4193db9b46ce43d1dc8dc61aeb4b', NULL, 'instructor', 'c7fdad98c58ac3d818fc99a5def78e7f', TIMESTAMP '2026-12-01 12:36:52.594614', 0);
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
('88f898b84f664004a98dc12d38cdb096', '0455a946826b0f8fd8eafcdeee240be0', 'instructor', TIMESTAMP '2026-11-30 12:36:57.305817'),
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'candidate', TIMESTAMP '2026-11-30 12:36:57.342189'),
('92652f474058495f809e1cfa4ff530aa', '4a4192386733b297f1a2497de3e88afc', 'candidate', TIMESTAMP '2026-11-30 12:36:57.396105'),
('92652f474058495f809e1cfa4ff530aa', 'a2b15f12810a5a158da41f6923f0b642', 'instructor', TIMESTAMP '2026-11-30 12:36:57.176100'),
('92652f474058495f809e1cfa4ff530aa', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'instructor', TIMESTAMP '2026-11-30 12:36:58.775183');
INSERT INTO memory (candidate_id, key, value, saved_at) VALUES
('2207a581b4dc04f6c15c2517596f0960', 'draft', 'words', TIMESTAMP '2026-11-30 12:36:57.935649'),
('bf5fbd5832b10df5cef5c161c7a0ca6b', 'draft', 'words', TIMESTAMP '2026-11-30 12:36:58.154826'),
('me', 'draft:me-00000000000000000000000000000007', 'a draft', TIMESTAMP '2026-11-30 12:36:58.540602'),
('me', 'target-role', 'senior', TIMESTAMP '2026-11-30 12:36:58.547121');
INSERT INTO overrides (attempt_id, candidate_id, criterion, scorer, scorer_version, words, note, made_by, made_at, level, machine_level, machine_score) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'C2', 'offline', '1', 'add128102534ca945e59febf', 'Both are there.', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-11-30 12:36:58.684648', 4.0, 3.0, '{"criterion": "C2", "level": 3.0, "scorer": "offline", "scorer_version": "1", "rubric_version": "r1", "low": 2.0, "high": 4, "reason": null, "evidence": [{"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}], "missing_for_next": "RPO", "errors": ["x"], "fix": "y"}');
INSERT INTO people (candidate_id, issuer, subject, name, email, role, joined_at, signed_out_at) VALUES
('0455a946826b0f8fd8eafcdeee240be0', 'https://id.example', 'other instructor', 'other instructor', 'other instructor@example.org', 'instructor', TIMESTAMP '2026-11-30 12:36:57.260627', NULL),
('2207a581b4dc04f6c15c2517596f0960', 'https://id.example', 'owner', 'owner', 'owner@example.org', 'candidate', TIMESTAMP '2026-11-30 12:36:57.339560', NULL),
('4a4192386733b297f1a2497de3e88afc', 'https://id.example', 'member', 'member', 'member@example.org', 'candidate', TIMESTAMP '2026-11-30 12:36:57.392992', NULL),
('a2b15f12810a5a158da41f6923f0b642', 'https://id.example', 'instructor', 'instructor', 'instructor@example.org', 'instructor', TIMESTAMP '2026-11-30 12:36:57.068706', NULL),
('bf5fbd5832b10df5cef5c161c7a0ca6b', 'https://id.example', 'stranger', 'stranger', 'stranger@example.org', 'instructor', TIMESTAMP '2026-11-30 12:36:57.454724', NULL),
('c7fdad98c58ac3d818fc99a5def78e7f', 'https://id.example', 'admin', 'admin', 'admin@example.org', 'admin', TIMESTAMP '2026-11-30 12:36:56.976729', NULL);
INSERT INTO question_sets (id, candidate_id, name, kind, saved_at, content) VALUES
('set-1', 'me', 'mine', 'picked', TIMESTAMP '2026-11-20 18:30:00', 'url-shortener
rate-limiter');
INSERT INTO questions (id, category, level, title, minutes) VALUES
('question-1', 'system_design', 'senior', 'Question 1', 5.0),
('question-2', 'system_design', 'senior', 'Question 2', 5.0);
INSERT INTO results (attempt_id, candidate_id, notes, advice, saved_at) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', '["No face was found at first."]', '{"worked": ["You named the guarantee."], "fixes": [{"what": "Failure", "how": "Say it.", "evidence": {"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}}, {"what": "Scale", "how": "Count.", "evidence": null}], "do_next": "Retry."}', TIMESTAMP '2026-11-30 12:36:57.484076'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '["No face was found at first."]', '{"worked": ["You named the guarantee."], "fixes": [{"what": "Failure", "how": "Say it.", "evidence": {"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}}, {"what": "Scale", "how": "Count.", "evidence": null}], "do_next": "Retry."}', TIMESTAMP '2026-11-30 12:36:57.945861'),
('me-00000000000000000000000000000007', 'me', '["No face was found at first."]', '{"worked": ["You named the guarantee."], "fixes": [{"what": "Failure", "how": "Say it.", "evidence": {"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}}, {"what": "Scale", "how": "Count.", "evidence": null}], "do_next": "Retry."}', TIMESTAMP '2026-11-30 12:36:58.419554'),
('me-00000000000000000000000000000008', 'me', '["No face was found at first."]', '{"worked": ["You named the guarantee."], "fixes": [{"what": "Failure", "how": "Say it.", "evidence": {"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}}, {"what": "Scale", "how": "Count.", "evidence": null}], "do_next": "Retry."}', TIMESTAMP '2026-11-30 12:36:58.500121'),
('sample-00000000000000000000000000000001', 'sample', '["No face was found at first."]', '{"worked": ["You named the guarantee."], "fixes": [{"what": "Failure", "how": "Say it.", "evidence": {"quote": "the leader refuses writes", "turn": 1, "elicitation": "volunteered", "start_seconds": 1.0, "end_seconds": 2.5, "clause": "C2.3.a"}}, {"what": "Scale", "how": "Count.", "evidence": null}], "do_next": "Retry."}', TIMESTAMP '2026-11-30 12:36:58.200187');
INSERT INTO scores (attempt_id, candidate_id, assessment_id, place, criterion, level, low, high, scorer, scorer_version, rubric_version, reason, missing_for_next, errors, fix, scored_at) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', 0, 'C2', 3.0, 2.0, 4.0, 'offline', '1', 'r1', NULL, 'RPO', '["x"]', 'y', TIMESTAMP '2026-11-30 12:36:57.484076'),
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'e036200a3e97fcff969dcd75', 1, 'C4', NULL, NULL, NULL, 'offline', '1', 'r1', 'The answer did not touch this.', '', '[]', '', TIMESTAMP '2026-11-30 12:36:57.484076'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', 0, 'C2', 3.0, 2.0, 4.0, 'offline', '1', 'r1', NULL, 'RPO', '["x"]', 'y', TIMESTAMP '2026-11-30 12:36:57.945861'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', '8d3f306873fcc53683249640', 1, 'C4', NULL, NULL, NULL, 'offline', '1', 'r1', 'The answer did not touch this.', '', '[]', '', TIMESTAMP '2026-11-30 12:36:57.945861'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', 0, 'C2', 3.0, 2.0, 4.0, 'offline', '1', 'r1', NULL, 'RPO', '["x"]', 'y', TIMESTAMP '2026-11-30 12:36:58.419554'),
('me-00000000000000000000000000000007', 'me', 'f63cb50e4ca6f939e84726bb', 1, 'C4', NULL, NULL, NULL, 'offline', '1', 'r1', 'The answer did not touch this.', '', '[]', '', TIMESTAMP '2026-11-30 12:36:58.419554'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', 0, 'C2', 3.0, 2.0, 4.0, 'offline', '1', 'r1', NULL, 'RPO', '["x"]', 'y', TIMESTAMP '2026-11-30 12:36:58.500121'),
('me-00000000000000000000000000000008', 'me', 'ea1c77e14364bccb25515a34', 1, 'C4', NULL, NULL, NULL, 'offline', '1', 'r1', 'The answer did not touch this.', '', '[]', '', TIMESTAMP '2026-11-30 12:36:58.500121'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', 0, 'C2', 3.0, 2.0, 4.0, 'offline', '1', 'r1', NULL, 'RPO', '["x"]', 'y', TIMESTAMP '2026-11-30 12:36:58.200187'),
('sample-00000000000000000000000000000001', 'sample', '5b0ff5884cdf932ccdf55a1c', 1, 'C4', NULL, NULL, NULL, 'offline', '1', 'r1', 'The answer did not touch this.', '', '[]', '', TIMESTAMP '2026-11-30 12:36:58.200187');
INSERT INTO self_ratings (attempt_id, candidate_id, criterion, level, rated_at) VALUES
('2207a581b4dc04f6c15c2517596f0960-00000000000000000000000000000001', '2207a581b4dc04f6c15c2517596f0960', 'C2', 2.0, TIMESTAMP '2026-11-30 12:36:57.913805'),
('bf5fbd5832b10df5cef5c161c7a0ca6b-00000000000000000000000000000001', 'bf5fbd5832b10df5cef5c161c7a0ca6b', 'C2', 2.0, TIMESTAMP '2026-11-30 12:36:58.088691'),
('me-00000000000000000000000000000007', 'me', 'C1', 2.0, TIMESTAMP '2026-11-30 12:36:58.532132'),
('me-00000000000000000000000000000007', 'me', 'answer', 3.0, TIMESTAMP '2026-11-30 12:36:58.532132');
INSERT INTO sign_ins (key, candidate_id, began_at, ended_at) VALUES
('admin', 'c7fdad98c58ac3d818fc99a5def78e7f', TIMESTAMP '2026-11-30 12:36:56.991852', NULL),
('instructor', 'a2b15f12810a5a158da41f6923f0b642', TIMESTAMP '2026-11-30 12:36:57.153433', NULL),
('member', '4a4192386733b297f1a2497de3e88afc', TIMESTAMP '2026-11-30 12:36:57.433122', NULL),
('other instructor', '0455a946826b0f8fd8eafcdeee240be0', TIMESTAMP '2026-11-30 12:36:57.290807', NULL),
('owner', '2207a581b4dc04f6c15c2517596f0960', TIMESTAMP '2026-11-30 12:36:57.386607', NULL),
('stranger', 'bf5fbd5832b10df5cef5c161c7a0ca6b', TIMESTAMP '2026-11-30 12:36:57.471768', NULL);
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
('92652f474058495f809e1cfa4ff530aa', '2207a581b4dc04f6c15c2517596f0960', 'C2', 'offline', '1', 'r1', 3.0, 3.0, 3.0, NULL, 1, 1, TIMESTAMP '2027-01-19 18:30:00');
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
