-- Indexes beyond the primary keys. One statement a line, each with the query it serves; the library reads this list when it
-- bootstraps, repairs and reports. "trigram" marks the one that needs the extension pg_trgm and is left out without it; it is on
-- an expression, since on the column itself the planner would also take it for equality, which it answers a hundred times slower.

CREATE UNIQUE INDEX IF NOT EXISTS bag_qr_key ON tracetrack.bag USING btree (qr); -- look-up by code, prefix search, list of all bags
CREATE INDEX IF NOT EXISTS bag_kind_idx ON tracetrack.bag USING btree (kind, qr); -- list of parents or children
CREATE INDEX IF NOT EXISTS bag_status_idx ON tracetrack.bag USING btree (status, qr); -- list of bags by status
CREATE INDEX IF NOT EXISTS bag_area_idx ON tracetrack.bag USING btree (area, qr); -- list of an area's bags
CREATE INDEX IF NOT EXISTS bag_parent_idx ON tracetrack.bag USING btree (parent_id, qr) WHERE parent_id IS NOT NULL; -- contents of parents
CREATE INDEX IF NOT EXISTS bag_qr_trgm_idx ON tracetrack.bag USING gin ((qr || '') gin_trgm_ops); -- trigram: search inside codes
CREATE UNIQUE INDEX IF NOT EXISTS bill_number_key ON tracetrack.bill USING btree (number); -- look-up by number
CREATE INDEX IF NOT EXISTS bill_created_idx ON tracetrack.bill USING btree (created_at, id); -- list of all bills
CREATE INDEX IF NOT EXISTS bill_status_idx ON tracetrack.bill USING btree (status, created_at, id); -- list of bills by status
CREATE INDEX IF NOT EXISTS bill_creator_idx ON tracetrack.bill USING btree (created_by, created_at, id); -- list of a creator's bills
CREATE INDEX IF NOT EXISTS bill_bag_bill_idx ON tracetrack.bill_bag USING btree (bill_id); -- parents on bills
CREATE INDEX IF NOT EXISTS scan_actor_idx ON tracetrack.scan USING btree (actor_id, recorded_at, id); -- list of an actor's scans
CREATE INDEX IF NOT EXISTS scan_qr_idx ON tracetrack.scan USING btree (qr, recorded_at, id); -- list of a bag's scans
CREATE UNIQUE INDEX IF NOT EXISTS app_user_name_key ON tracetrack.app_user USING btree (name_key); -- log-in by name
CREATE INDEX IF NOT EXISTS app_user_role_idx ON tracetrack.app_user USING btree (role, name_key); -- list of users by role
CREATE INDEX IF NOT EXISTS login_session_user_idx ON tracetrack.login_session USING btree (user_id); -- end a user's sessions
