-- The history of deleted bills. A catalog change only: no row is rewritten.

-- kind: also 9 recalculated, 10 deleted. number: that of a deleted bill, on the event of its deletion; the row that told it is gone.
ALTER TABLE tracetrack.bill_event ADD COLUMN number text COLLATE "C";

CREATE INDEX IF NOT EXISTS bill_event_number_idx ON tracetrack.bill_event USING btree (number) WHERE number IS NOT NULL; -- history of deleted bills
