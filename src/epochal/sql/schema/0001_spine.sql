-- The spine: experiments, runs, what they log and what they read.
--
-- A template: {serial}, {text}, {bigint}, {double}, {blob}, {clustered} are spelled by the
-- dialect, {now_ms} is the time of the migration. Statements end with a semicolon at the end of a line. There are no foreign keys:
-- every row is written in the transaction that has just read its owner, and a check per
-- logged value would cost more than the insert.

CREATE TABLE experiments (
    id {serial},
    workspace {text} NOT NULL DEFAULT 'default',
    name {text} NOT NULL,
    artifact_location {text} NOT NULL,
    lifecycle_stage {text} NOT NULL,
    creation_time {bigint},
    last_update_time {bigint},
    UNIQUE (workspace, name)
);

CREATE TABLE experiment_tags (
    experiment {bigint} NOT NULL,
    key {text} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (experiment, key)
) {clustered};

CREATE TABLE runs (
    id {serial},
    run_id {text} NOT NULL UNIQUE,
    experiment {bigint} NOT NULL,
    name {text} NOT NULL,
    user_id {text} NOT NULL,
    status {text} NOT NULL,
    start_time {bigint},
    end_time {bigint},
    deleted_time {bigint},
    lifecycle_stage {text} NOT NULL,
    artifact_uri {text} NOT NULL
);

CREATE INDEX runs_by_start ON runs (experiment, lifecycle_stage, start_time DESC, run_id);

-- Names of metrics ('m'), params ('p') and tags ('t'), kept once per experiment; also the
-- catalogue of the fields that an experiment has.
CREATE TABLE keys (
    id {serial},
    experiment {bigint} NOT NULL,
    kind {text} NOT NULL,
    name {text} NOT NULL,
    UNIQUE (experiment, kind, name)
);

CREATE TABLE params (
    run {bigint} NOT NULL,
    key {bigint} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (run, key)
) {clustered};

CREATE TABLE tags (
    run {bigint} NOT NULL,
    key {bigint} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (run, key)
) {clustered};

-- NULL in a value is NaN; min, max and total leave NaN out, total the infinities as well.
CREATE TABLE metric_summaries (
    run {bigint} NOT NULL,
    key {bigint} NOT NULL,
    last_value {double},
    last_step {bigint} NOT NULL,
    last_timestamp {bigint} NOT NULL,
    first_value {double},
    first_step {bigint} NOT NULL,
    first_timestamp {bigint} NOT NULL,
    min_value {double},
    min_step {bigint},
    max_value {double},
    max_step {bigint},
    total {double} NOT NULL,
    nan_count {bigint} NOT NULL,
    point_count {bigint} NOT NULL,
    PRIMARY KEY (run, key)
) {clustered};

-- Runs ordered by a metric walk one of these; what else is known of a metric is looked up.
CREATE INDEX metric_summaries_by_value ON metric_summaries (key, last_value, run);
CREATE INDEX metric_summaries_by_min ON metric_summaries (key, min_value, run);
CREATE INDEX metric_summaries_by_max ON metric_summaries (key, max_value, run);

-- Fresh points, one row per request and run, columns inside.
CREATE TABLE metric_tail (
    id {serial},
    run {bigint} NOT NULL,
    point_count {bigint} NOT NULL,
    payload {blob} NOT NULL
);

CREATE INDEX metric_tail_by_run ON metric_tail (run);

CREATE TABLE metric_chunks (
    run {bigint} NOT NULL,
    key {bigint} NOT NULL,
    chunk {bigint} NOT NULL,
    first_step {bigint} NOT NULL,
    last_step {bigint} NOT NULL,
    first_timestamp {bigint} NOT NULL,
    last_timestamp {bigint} NOT NULL,
    min_value {double},
    max_value {double},
    point_count {bigint} NOT NULL,
    payload {blob} NOT NULL,
    PRIMARY KEY (run, key, chunk)
);

-- Every rewind of a run that superseded points: those with a step beyond `step`.
CREATE TABLE metric_rewinds (
    run {bigint} NOT NULL,
    rewind {bigint} NOT NULL,
    step {bigint} NOT NULL,
    rewound_ms {bigint} NOT NULL,
    PRIMARY KEY (run, rewind)
) {clustered};

-- Superseded points, packed as chunks are. Chunks of one rewind may overlap those of another.
CREATE TABLE metric_archive (
    run {bigint} NOT NULL,
    key {bigint} NOT NULL,
    rewind {bigint} NOT NULL,
    chunk {bigint} NOT NULL,
    first_step {bigint} NOT NULL,
    last_step {bigint} NOT NULL,
    first_timestamp {bigint} NOT NULL,
    last_timestamp {bigint} NOT NULL,
    min_value {double},
    max_value {double},
    point_count {bigint} NOT NULL,
    payload {blob} NOT NULL,
    PRIMARY KEY (run, key, rewind, chunk)
);

CREATE TABLE datasets (
    id {serial},
    experiment {bigint} NOT NULL,
    name {text} NOT NULL,
    digest {text} NOT NULL,
    source_type {text} NOT NULL,
    source {text} NOT NULL,
    schema {text},
    profile {text},
    UNIQUE (experiment, name, digest)
);

CREATE TABLE inputs (
    id {serial},
    run {bigint} NOT NULL,
    dataset {bigint} NOT NULL,
    UNIQUE (run, dataset)
);

CREATE INDEX inputs_by_dataset ON inputs (dataset);

CREATE TABLE input_tags (
    input {bigint} NOT NULL,
    key {text} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (input, key)
) {clustered};

-- The last batch number that each writing process has delivered.
CREATE TABLE writers (
    writer {text} NOT NULL PRIMARY KEY,
    sequence {bigint} NOT NULL,
    seen_ms {bigint} NOT NULL
) {clustered};

INSERT INTO experiments
    (id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)
VALUES (0, 'Default', 'mlflow-artifacts:/0', 'active', {now_ms}, {now_ms});
