-- Histories, the feed of scans, and the archive of its old months.

-- What somebody did to a bill other than by a scan; append-only. kind: 1 created, 6 capacity changed, 7 completed, 8 reopened.
-- No foreign key: the history of a deleted bill is kept.
CREATE TABLE tracetrack.bill_event (
    bill_id bigint NOT NULL,
    version bigint NOT NULL,
    at timestamptz NOT NULL,
    kind smallint NOT NULL,
    actor_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (bill_id, version)
);
INSERT INTO tracetrack.bill_event (bill_id, version, at, kind, actor_id)
SELECT id, 0, created_at, 1, created_by FROM tracetrack.bill;

-- The one time of all its rows: bags of this created_at were brought by it.
ALTER TABLE tracetrack.import ADD COLUMN began_at timestamptz;

-- Detached months of the scan log: their rows still count, whether or not the table is still there.
CREATE TABLE tracetrack.scan_archive (
    table_name text COLLATE "C" PRIMARY KEY,
    month date NOT NULL,
    rows bigint NOT NULL,
    detached_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX IF NOT EXISTS link_interval_parent_idx ON tracetrack.link_interval USING btree (parent_id, unlinked_at, linked_at); -- contents of a parent at a moment
CREATE INDEX IF NOT EXISTS import_began_idx ON tracetrack.import USING btree (began_at); -- the import that brought a bag
CREATE INDEX IF NOT EXISTS scan_parent_idx ON tracetrack.scan USING btree (parent_qr, recorded_at, id) WHERE parent_qr IS NOT NULL; -- history of a parent
CREATE INDEX IF NOT EXISTS scan_from_parent_idx ON tracetrack.scan USING btree (from_parent_qr, recorded_at, id) WHERE from_parent_qr IS NOT NULL; -- history of a parent that children left by Relink
CREATE INDEX IF NOT EXISTS scan_bill_idx ON tracetrack.scan USING btree (bill_number, recorded_at, id) WHERE bill_number IS NOT NULL; -- history of a bill
CREATE INDEX IF NOT EXISTS scan_feed_idx ON tracetrack.scan USING btree (xid, id); -- the feed of scans
CREATE INDEX IF NOT EXISTS scan_receipt_recorded_idx ON tracetrack.scan_receipt USING btree (recorded_at); -- receipts past the replay window
