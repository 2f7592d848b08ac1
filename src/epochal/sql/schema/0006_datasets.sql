-- Named datasets and their versions. A version is a list of chunks, a chunk a part of a pack.

CREATE TABLE named_datasets (
    id {serial},
    name {text} NOT NULL UNIQUE,
    description {text},
    created_ms {bigint} NOT NULL,
    last_version {bigint} NOT NULL
);

CREATE TABLE dataset_versions (
    id {serial},
    dataset {bigint} NOT NULL,
    version {bigint} NOT NULL,
    content {text} NOT NULL,
    format {text} NOT NULL,
    file_name {text} NOT NULL,
    size_bytes {bigint} NOT NULL,
    created_ms {bigint} NOT NULL,
    origin {text} NOT NULL,
    row_count {bigint},
    column_count {bigint},
    schema {text},
    profile {text},
    description {text},
    run_id {text},
    user_id {text} NOT NULL,
    new_bytes {bigint} NOT NULL,
    tags {text} NOT NULL,
    chunks {blob} NOT NULL,
    UNIQUE (dataset, version),
    UNIQUE (dataset, content)
);

CREATE TABLE dataset_packs (
    id {serial},
    path {text} NOT NULL UNIQUE,
    created_ms {bigint} NOT NULL
);

-- refs counts the versions that have the chunk.
CREATE TABLE dataset_chunks (
    id {serial},
    digest {text} NOT NULL UNIQUE,
    pack {bigint} NOT NULL,
    start {bigint} NOT NULL,
    size {bigint} NOT NULL,
    refs {bigint} NOT NULL
);

CREATE INDEX dataset_chunks_by_pack ON dataset_chunks (pack);

-- Which runs read a version.
CREATE INDEX datasets_by_name ON datasets (name, digest);
