-- What the processes that log into a run said last about their delivery, for people to see.

CREATE TABLE writer_reports (
    run {bigint} NOT NULL,
    writer {text} NOT NULL,
    writer_rank {bigint},
    state {text} NOT NULL,
    waiting {bigint} NOT NULL,
    host {text} NOT NULL,
    pid {bigint} NOT NULL,
    seen_ms {bigint} NOT NULL,
    PRIMARY KEY (run, writer)
) {clustered};
