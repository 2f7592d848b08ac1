-- Ordering by params and tags, the catalogue of fields, and saved views.
--
-- The indexes hold the first 200 characters of a value: PostgreSQL takes at most 2,700 bytes in
-- an index row, and what agrees that far is sorted when it is met.

CREATE INDEX params_by_value ON params (key, substr(value, 1, 200), run);

CREATE INDEX tags_by_value ON tags (key, substr(value, 1, 200), run);

CREATE TABLE views (
    view_id {text} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    query {text} NOT NULL,
    owner {text} NOT NULL,
    created_ms {bigint} NOT NULL,
    updated_ms {bigint} NOT NULL
) {clustered};

CREATE INDEX views_by_name ON views (name, view_id);

-- The experiments that a view was saved for; a view without any is for all.
CREATE TABLE view_experiments (
    view_id {text} NOT NULL,
    experiment {bigint} NOT NULL,
    PRIMARY KEY (view_id, experiment)
) {clustered};
