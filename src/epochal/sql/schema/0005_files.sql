-- Files that the server keeps in an object store: which content stands under which path.

CREATE TABLE stored_objects (
    id {serial},
    place {text} NOT NULL,
    key {text} NOT NULL,
    size {bigint} NOT NULL,
    sha256 {text},
    touched_ms {bigint} NOT NULL,
    UNIQUE (place, key)
);

CREATE INDEX stored_objects_by_content ON stored_objects (place, sha256);

-- A folder has no object. `folder` is the path without the name.
CREATE TABLE stored_files (
    place {text} NOT NULL,
    folder {text} NOT NULL,
    name {text} NOT NULL,
    object {bigint},
    PRIMARY KEY (place, folder, name)
) {clustered};

CREATE INDEX stored_files_by_object ON stored_files (object);
