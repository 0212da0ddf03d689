CREATE TABLE accesses (
    candidate_id text NOT NULL,
    attempt_id text NOT NULL,
    viewer_id text NOT NULL,
    what text NOT NULL,
    why text NOT NULL,
    at timestamp without time zone NOT NULL
);
CREATE TABLE activity (
    cohort_id text NOT NULL,
    candidate_id text NOT NULL,
    week timestamp without time zone NOT NULL,
    answers integer NOT NULL,
    scored integer NOT NULL,
    seconds double precision NOT NULL,
    last_at timestamp without time zone NOT NULL
);
CREATE TABLE alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE assessments (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    assessment_id text NOT NULL,
    notes text NOT NULL,
    scored_at timestamp without time zone NOT NULL
);
CREATE TABLE assignments (
    id text NOT NULL,
    cohort_id text NOT NULL,
    title text NOT NULL,
    questions text NOT NULL,
    takes integer NOT NULL,
    minutes double precision,
    due_at timestamp without time zone NOT NULL,
    created_by text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    withdrawn_at timestamp without time zone
);
CREATE TABLE attempts (
    id text NOT NULL,
    candidate_id text NOT NULL,
    session_id text NOT NULL,
    question_id text NOT NULL,
    started_at timestamp without time zone NOT NULL,
    mode text NOT NULL,
    status text NOT NULL,
    recording text,
    question_end_seconds double precision,
    note text,
    synthetic boolean NOT NULL
);
CREATE TABLE candidate_delivery (
    cohort_id text NOT NULL,
    candidate_id text NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    n integer NOT NULL,
    total double precision NOT NULL
);
CREATE TABLE candidate_weeks (
    cohort_id text NOT NULL,
    candidate_id text NOT NULL,
    week timestamp without time zone NOT NULL,
    criterion text NOT NULL,
    scorer text NOT NULL,
    scorer_version text NOT NULL,
    rubric_version text NOT NULL,
    n integer NOT NULL,
    unscored integer NOT NULL,
    total double precision NOT NULL,
    squares double precision NOT NULL,
    level1 integer NOT NULL,
    level2 integer NOT NULL,
    level3 integer NOT NULL,
    level4 integer NOT NULL
);
CREATE TABLE code_checks (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    place integer NOT NULL,
    name text NOT NULL,
    outcome text NOT NULL,
    edge boolean NOT NULL,
    seconds double precision,
    problem text NOT NULL,
    ran_in text NOT NULL
);
CREATE TABLE codes (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    language text NOT NULL,
    text text NOT NULL,
    changed_since boolean NOT NULL
);
CREATE TABLE cohort_counts (
    figure text NOT NULL,
    cohort_id text NOT NULL,
    week timestamp without time zone NOT NULL,
    candidates integer NOT NULL,
    answers integer NOT NULL,
    scored integer NOT NULL
);
CREATE TABLE cohort_coverage (
    figure text NOT NULL,
    cohort_id text NOT NULL,
    category text NOT NULL,
    level text NOT NULL,
    candidates integer NOT NULL,
    answered integer NOT NULL,
    answers integer NOT NULL
);
CREATE TABLE cohort_delivery (
    figure text NOT NULL,
    cohort_id text NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    step double precision NOT NULL,
    candidates integer NOT NULL,
    value double precision NOT NULL
);
CREATE TABLE cohort_questions (
    figure text NOT NULL,
    cohort_id text NOT NULL,
    question_id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    scorer text NOT NULL,
    scorer_version text NOT NULL,
    rubric_version text NOT NULL,
    candidates integer NOT NULL,
    n integer NOT NULL,
    unscored integer NOT NULL,
    total double precision NOT NULL,
    squares double precision NOT NULL
);
CREATE TABLE cohort_standings (
    figure text NOT NULL,
    cohort_id text NOT NULL,
    criterion text NOT NULL,
    scorer text NOT NULL,
    scorer_version text NOT NULL,
    rubric_version text NOT NULL,
    candidates integer NOT NULL,
    level double precision NOT NULL,
    total double precision NOT NULL,
    spread double precision
);
CREATE TABLE cohort_weeks (
    figure text NOT NULL,
    cohort_id text NOT NULL,
    week timestamp without time zone NOT NULL,
    criterion text NOT NULL,
    scorer text NOT NULL,
    scorer_version text NOT NULL,
    rubric_version text NOT NULL,
    candidates integer NOT NULL,
    n integer NOT NULL,
    total double precision NOT NULL,
    squares double precision NOT NULL,
    level1 integer NOT NULL,
    level2 integer NOT NULL,
    level3 integer NOT NULL,
    level4 integer NOT NULL
);
CREATE TABLE cohorts (
    id text NOT NULL,
    name text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    synthetic boolean NOT NULL
);
CREATE TABLE delivery (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    name text NOT NULL,
    value double precision,
    unit text NOT NULL,
    reason text
);
CREATE TABLE dismissals (
    cohort_id text NOT NULL,
    candidate_id text NOT NULL,
    rule text NOT NULL,
    note text NOT NULL,
    dismissed_by text NOT NULL,
    dismissed_at timestamp without time zone NOT NULL
);
CREATE TABLE disputes (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    dispute_id text NOT NULL,
    criterion text NOT NULL,
    scorer text NOT NULL,
    scorer_version text NOT NULL,
    words text NOT NULL,
    reason text NOT NULL,
    made_at timestamp without time zone NOT NULL,
    first_level double precision,
    first_score text NOT NULL,
    second_level double precision,
    second_score text,
    second_at timestamp without time zone
);
CREATE TABLE drafts (
    candidate_id text NOT NULL,
    key text NOT NULL,
    text text NOT NULL,
    version text NOT NULL,
    saved_at timestamp without time zone NOT NULL
);
CREATE TABLE evidence (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    assessment_id text NOT NULL,
    place integer NOT NULL,
    subject text NOT NULL,
    subject_place integer NOT NULL,
    subject_id text NOT NULL,
    quote text NOT NULL,
    turn integer NOT NULL,
    elicitation text NOT NULL,
    start_seconds double precision,
    end_seconds double precision,
    clause text
);
CREATE TABLE figure_people (
    figure text NOT NULL,
    cohort_id text NOT NULL,
    kind text NOT NULL,
    candidate_id text NOT NULL,
    print text NOT NULL
);
CREATE TABLE flags (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    assessment_id text NOT NULL,
    place integer NOT NULL,
    name text NOT NULL,
    explanation text NOT NULL,
    where_found text NOT NULL
);
CREATE TABLE grants (
    id text NOT NULL,
    candidate_id text NOT NULL,
    attempt_id text NOT NULL,
    to_person text,
    to_cohort text,
    link_hash text,
    recording boolean NOT NULL,
    delivery boolean NOT NULL,
    created_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone,
    revoked_at timestamp without time zone
);
CREATE TABLE interviews (
    id text NOT NULL,
    candidate_id text NOT NULL,
    started_at timestamp without time zone NOT NULL,
    saved_at timestamp without time zone NOT NULL,
    over boolean NOT NULL,
    state text NOT NULL
);
CREATE TABLE invitations (
    code_hash text NOT NULL,
    cohort_id text,
    role text NOT NULL,
    created_by text NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    uses_left integer NOT NULL
);
CREATE TABLE key_points (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    assessment_id text NOT NULL,
    place integer NOT NULL,
    key_point_id text NOT NULL,
    text text NOT NULL,
    probe text NOT NULL,
    competency text NOT NULL,
    status text NOT NULL
);
CREATE TABLE members (
    cohort_id text NOT NULL,
    candidate_id text NOT NULL,
    role text NOT NULL,
    joined_at timestamp without time zone NOT NULL
);
CREATE TABLE memory (
    candidate_id text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    saved_at timestamp without time zone NOT NULL
);
CREATE TABLE overrides (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    criterion text NOT NULL,
    scorer text NOT NULL,
    scorer_version text NOT NULL,
    words text NOT NULL,
    note text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp without time zone NOT NULL,
    level double precision NOT NULL,
    machine_level double precision,
    machine_score text NOT NULL
);
CREATE TABLE people (
    candidate_id text NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    joined_at timestamp without time zone NOT NULL,
    signed_out_at timestamp without time zone,
    email_verified boolean DEFAULT false NOT NULL
);
CREATE TABLE question_sets (
    id text NOT NULL,
    candidate_id text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    saved_at timestamp without time zone NOT NULL,
    content text NOT NULL
);
CREATE TABLE questions (
    id text NOT NULL,
    category text NOT NULL,
    level text NOT NULL,
    title text NOT NULL,
    minutes double precision NOT NULL
);
CREATE TABLE results (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    notes text NOT NULL,
    advice text,
    saved_at timestamp without time zone NOT NULL
);
CREATE TABLE scores (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    assessment_id text NOT NULL,
    place integer NOT NULL,
    criterion text NOT NULL,
    level double precision,
    low double precision,
    high double precision,
    scorer text NOT NULL,
    scorer_version text NOT NULL,
    rubric_version text NOT NULL,
    reason text,
    missing_for_next text NOT NULL,
    errors text NOT NULL,
    fix text NOT NULL,
    scored_at timestamp without time zone NOT NULL
);
CREATE TABLE self_ratings (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    criterion text NOT NULL,
    level double precision NOT NULL,
    rated_at timestamp without time zone NOT NULL
);
CREATE TABLE sign_ins (
    key text NOT NULL,
    candidate_id text NOT NULL,
    began_at timestamp without time zone NOT NULL,
    ended_at timestamp without time zone,
    seen_at timestamp without time zone
);
CREATE TABLE signal_events (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    name text NOT NULL,
    start_seconds double precision NOT NULL,
    end_seconds double precision NOT NULL,
    advice text NOT NULL
);
CREATE TABLE signal_summaries (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    name text NOT NULL,
    value double precision,
    unit text NOT NULL,
    coverage double precision NOT NULL,
    reason text
);
CREATE TABLE signals (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    seconds double precision NOT NULL,
    name text NOT NULL,
    value double precision,
    label text
);
CREATE TABLE sketches (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    text text NOT NULL
);
CREATE TABLE snapshots (
    cohort_id text NOT NULL,
    kind text NOT NULL,
    day timestamp without time zone NOT NULL,
    looked_at timestamp without time zone NOT NULL
);
CREATE TABLE speeches (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    engine text NOT NULL,
    language text,
    words text NOT NULL,
    voiced text NOT NULL,
    fillers text,
    seconds double precision NOT NULL,
    notes text NOT NULL,
    heard text
);
CREATE TABLE standings (
    cohort_id text NOT NULL,
    candidate_id text NOT NULL,
    criterion text NOT NULL,
    scorer text NOT NULL,
    scorer_version text NOT NULL,
    rubric_version text NOT NULL,
    level double precision NOT NULL,
    low double precision NOT NULL,
    high double precision NOT NULL,
    before_level double precision,
    n integer NOT NULL,
    answers integer NOT NULL,
    last_at timestamp without time zone NOT NULL
);
CREATE TABLE turns (
    attempt_id text NOT NULL,
    candidate_id text NOT NULL,
    turn integer NOT NULL,
    speaker text NOT NULL,
    text text NOT NULL,
    words text NOT NULL,
    elicitation text NOT NULL,
    start_seconds double precision,
    end_seconds double precision
);
ALTER TABLE ONLY alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY assignments
    ADD CONSTRAINT assignments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY attempts
    ADD CONSTRAINT attempts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY cohorts
    ADD CONSTRAINT cohorts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY dismissals
    ADD CONSTRAINT dismissals_pkey PRIMARY KEY (cohort_id, candidate_id, rule);
ALTER TABLE ONLY disputes
    ADD CONSTRAINT disputes_pkey PRIMARY KEY (dispute_id);
ALTER TABLE ONLY drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (candidate_id, key);
ALTER TABLE ONLY grants
    ADD CONSTRAINT grants_pkey PRIMARY KEY (id);
ALTER TABLE ONLY interviews
    ADD CONSTRAINT interviews_pkey PRIMARY KEY (id);
ALTER TABLE ONLY invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (code_hash);
ALTER TABLE ONLY members
    ADD CONSTRAINT members_pkey PRIMARY KEY (cohort_id, candidate_id);
ALTER TABLE ONLY memory
    ADD CONSTRAINT memory_pkey PRIMARY KEY (candidate_id, key);
ALTER TABLE ONLY people
    ADD CONSTRAINT people_pkey PRIMARY KEY (candidate_id);
ALTER TABLE ONLY question_sets
    ADD CONSTRAINT question_sets_pkey PRIMARY KEY (id);
ALTER TABLE ONLY sign_ins
    ADD CONSTRAINT sign_ins_pkey PRIMARY KEY (key);
ALTER TABLE ONLY snapshots
    ADD CONSTRAINT snapshots_pkey PRIMARY KEY (cohort_id, kind);
CREATE INDEX accesses_of_candidate ON accesses USING btree (candidate_id);
CREATE INDEX activity_of_candidate ON activity USING btree (candidate_id);
CREATE INDEX activity_of_cohort ON activity USING btree (cohort_id);
CREATE INDEX assessments_of_attempt ON assessments USING btree (attempt_id);
CREATE INDEX assessments_of_candidate ON assessments USING btree (candidate_id);
CREATE INDEX assignments_of_cohort ON assignments USING btree (cohort_id);
CREATE INDEX attempts_of_candidate ON attempts USING btree (candidate_id, started_at);
CREATE INDEX candidate_delivery_of_candidate ON candidate_delivery USING btree (candidate_id);
CREATE INDEX candidate_delivery_of_cohort ON candidate_delivery USING btree (cohort_id);
CREATE INDEX candidate_weeks_of_candidate ON candidate_weeks USING btree (candidate_id);
CREATE INDEX candidate_weeks_of_cohort ON candidate_weeks USING btree (cohort_id);
CREATE INDEX code_checks_of_attempt ON code_checks USING btree (attempt_id);
CREATE INDEX code_checks_of_candidate ON code_checks USING btree (candidate_id);
CREATE INDEX codes_of_attempt ON codes USING btree (attempt_id);
CREATE INDEX codes_of_candidate ON codes USING btree (candidate_id);
CREATE INDEX cohort_counts_of_cohort ON cohort_counts USING btree (cohort_id);
CREATE INDEX cohort_coverage_of_cohort ON cohort_coverage USING btree (cohort_id);
CREATE INDEX cohort_delivery_of_cohort ON cohort_delivery USING btree (cohort_id);
CREATE INDEX cohort_questions_of_cohort ON cohort_questions USING btree (cohort_id);
CREATE INDEX cohort_standings_of_cohort ON cohort_standings USING btree (cohort_id);
CREATE INDEX cohort_weeks_of_cohort ON cohort_weeks USING btree (cohort_id);
CREATE INDEX delivery_of_attempt ON delivery USING btree (attempt_id);
CREATE INDEX delivery_of_candidate ON delivery USING btree (candidate_id);
CREATE INDEX dismissals_of_candidate ON dismissals USING btree (candidate_id);
CREATE INDEX dismissals_of_cohort ON dismissals USING btree (cohort_id);
CREATE INDEX disputes_of_attempt ON disputes USING btree (attempt_id);
CREATE INDEX disputes_of_candidate ON disputes USING btree (candidate_id);
CREATE INDEX evidence_of_attempt ON evidence USING btree (attempt_id);
CREATE INDEX evidence_of_candidate ON evidence USING btree (candidate_id);
CREATE INDEX figure_people_of_candidate ON figure_people USING btree (candidate_id);
CREATE INDEX figure_people_of_cohort ON figure_people USING btree (cohort_id);
CREATE INDEX flags_of_attempt ON flags USING btree (attempt_id);
CREATE INDEX flags_of_candidate ON flags USING btree (candidate_id);
CREATE INDEX grants_of_candidate ON grants USING btree (candidate_id);
CREATE INDEX interviews_of_candidate ON interviews USING btree (candidate_id);
CREATE INDEX invitations_of_cohort ON invitations USING btree (cohort_id);
CREATE INDEX key_points_of_attempt ON key_points USING btree (attempt_id);
CREATE INDEX key_points_of_candidate ON key_points USING btree (candidate_id);
CREATE INDEX members_of_candidate ON members USING btree (candidate_id);
CREATE INDEX members_of_cohort ON members USING btree (cohort_id);
CREATE INDEX overrides_of_attempt ON overrides USING btree (attempt_id);
CREATE INDEX overrides_of_candidate ON overrides USING btree (candidate_id);
CREATE INDEX people_of_candidate ON people USING btree (candidate_id);
CREATE INDEX question_sets_of_candidate ON question_sets USING btree (candidate_id);
CREATE INDEX results_of_attempt ON results USING btree (attempt_id);
CREATE INDEX results_of_candidate ON results USING btree (candidate_id);
CREATE INDEX scores_of_attempt ON scores USING btree (attempt_id);
CREATE INDEX scores_of_candidate ON scores USING btree (candidate_id);
CREATE INDEX self_ratings_of_attempt ON self_ratings USING btree (attempt_id);
CREATE INDEX self_ratings_of_candidate ON self_ratings USING btree (candidate_id);
CREATE INDEX sign_ins_of_candidate ON sign_ins USING btree (candidate_id);
CREATE INDEX signal_events_of_attempt ON signal_events USING btree (attempt_id);
CREATE INDEX signal_events_of_candidate ON signal_events USING btree (candidate_id);
CREATE INDEX signal_summaries_of_attempt ON signal_summaries USING btree (attempt_id);
CREATE INDEX signal_summaries_of_candidate ON signal_summaries USING btree (candidate_id);
CREATE INDEX signals_of_attempt ON signals USING btree (attempt_id);
CREATE INDEX signals_of_candidate ON signals USING btree (candidate_id);
CREATE INDEX sketches_of_attempt ON sketches USING btree (attempt_id);
CREATE INDEX sketches_of_candidate ON sketches USING btree (candidate_id);
CREATE INDEX speeches_of_attempt ON speeches USING btree (attempt_id);
CREATE INDEX speeches_of_candidate ON speeches USING btree (candidate_id);
CREATE INDEX standings_of_candidate ON standings USING btree (candidate_id);
CREATE INDEX standings_of_cohort ON standings USING btree (cohort_id);
CREATE INDEX turns_of_attempt ON turns USING btree (attempt_id);
CREATE INDEX turns_of_candidate ON turns USING btree (candidate_id);
ALTER TABLE ONLY assessments
    ADD CONSTRAINT assessments_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY code_checks
    ADD CONSTRAINT code_checks_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY codes
    ADD CONSTRAINT codes_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY delivery
    ADD CONSTRAINT delivery_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY disputes
    ADD CONSTRAINT disputes_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY evidence
    ADD CONSTRAINT evidence_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY flags
    ADD CONSTRAINT flags_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY key_points
    ADD CONSTRAINT key_points_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY overrides
    ADD CONSTRAINT overrides_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY results
    ADD CONSTRAINT results_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY scores
    ADD CONSTRAINT scores_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY self_ratings
    ADD CONSTRAINT self_ratings_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY signal_events
    ADD CONSTRAINT signal_events_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY signal_summaries
    ADD CONSTRAINT signal_summaries_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY signals
    ADD CONSTRAINT signals_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY sketches
    ADD CONSTRAINT sketches_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY speeches
    ADD CONSTRAINT speeches_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
ALTER TABLE ONLY turns
    ADD CONSTRAINT turns_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE;
