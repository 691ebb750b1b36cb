-- A dispatcher's log is that of the own area. Without an index of areas, one of a quiet area is looked for among the scans of all others.
CREATE INDEX IF NOT EXISTS scan_area_idx ON tracetrack.scan USING btree (area, recorded_at, id) WHERE area IS NOT NULL; -- list of an area's scans
