-- The registry: names, their versions, tags of both, and aliases.

CREATE TABLE registered_models (
    id {serial},
    workspace {text} NOT NULL DEFAULT 'default',
    name {text} NOT NULL,
    description {text},
    creation_time {bigint} NOT NULL,
    last_updated_time {bigint} NOT NULL,
    last_version {bigint} NOT NULL DEFAULT 0,
    UNIQUE (workspace, name)
);

CREATE TABLE registered_model_tags (
    model {bigint} NOT NULL,
    key {text} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (model, key)
) {clustered};

-- `source` is what was registered, `storage` where the files lie in the end.
CREATE TABLE model_versions (
    id {serial},
    model {bigint} NOT NULL,
    version {bigint} NOT NULL,
    source {text} NOT NULL,
    storage {text} NOT NULL,
    run_id {text} NOT NULL,
    run_link {text} NOT NULL,
    model_id {text},
    user_id {text},
    description {text},
    stage {text} NOT NULL,
    status {text} NOT NULL,
    status_message {text},
    creation_time {bigint} NOT NULL,
    last_updated_time {bigint} NOT NULL,
    UNIQUE (model, version)
);

CREATE INDEX model_versions_by_run ON model_versions (run_id);

CREATE INDEX model_versions_by_update ON model_versions (last_updated_time);

CREATE TABLE model_version_tags (
    model_version {bigint} NOT NULL,
    key {text} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (model_version, key)
) {clustered};

CREATE TABLE model_aliases (
    model {bigint} NOT NULL,
    alias {text} NOT NULL,
    model_version {bigint} NOT NULL,
    PRIMARY KEY (model, alias)
) {clustered};

CREATE INDEX model_aliases_by_version ON model_aliases (model_version);
