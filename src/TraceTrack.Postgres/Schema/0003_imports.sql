-- Imports into a store that holds bags. outcome: 1 kept, 2 rejected; all results so far are rejections. A dry run is an import of kind 3.
ALTER TABLE tracetrack.import_result ADD COLUMN outcome smallint NOT NULL DEFAULT 2;
