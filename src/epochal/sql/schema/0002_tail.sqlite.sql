-- Fresh points lie beside those of their run, without an index to keep: half the pages to write
-- in the commit that every log call waits for. Rows are numbered within their run.

CREATE TABLE fresh_metric_tail (
    run {bigint} NOT NULL,
    id {bigint} NOT NULL,
    point_count {bigint} NOT NULL,
    payload {blob} NOT NULL,
    PRIMARY KEY (run, id)
) {clustered};

INSERT INTO fresh_metric_tail (run, id, point_count, payload)
SELECT run, id, point_count, payload FROM metric_tail;

DROP TABLE metric_tail;

ALTER TABLE fresh_metric_tail RENAME TO metric_tail;
