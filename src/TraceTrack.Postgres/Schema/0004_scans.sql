-- Relink and Undo. Catalog changes only: no row is rewritten, whatever the size of the log.

-- qr is null only in an Undo that found nothing to undo. from_parent_qr: what a Relink took the child out of. undoes: the scan_id an Undo
-- is about; its row repeats that scan's codes.
ALTER TABLE tracetrack.scan
    ALTER COLUMN qr DROP NOT NULL,
    ADD COLUMN from_parent_qr text COLLATE "C",
    ADD COLUMN undoes uuid;

-- The Undo that took the scan back. Kept here, since rows of the log are never edited. No index: an actor's latest scans are found by the
-- log's own (actor_id, recorded_at, id), which costs the writing of scans nothing more.
ALTER TABLE tracetrack.scan_receipt ADD COLUMN undone_by uuid;
