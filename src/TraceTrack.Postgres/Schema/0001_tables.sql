-- Tables of TraceTrack. Weights are whole grams, times are the server's (UTC, microseconds), codes are normalised upper case.
-- No key is an identity column: a later distribution draws ids from these sequences in blocks.

CREATE SEQUENCE tracetrack.bag_id_seq;
CREATE SEQUENCE tracetrack.bill_id_seq;
CREATE SEQUENCE tracetrack.scan_id_seq;
CREATE SEQUENCE tracetrack.import_id_seq;
CREATE SEQUENCE tracetrack.user_id_seq;
-- One sequence for the versions of bags and bills: a row deleted and made again never has a lower one.
CREATE SEQUENCE tracetrack.version_seq;

-- One row. Its id begins every key in a shared cache, so that two stores never meet there.
CREATE TABLE tracetrack.store (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    store_id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO tracetrack.store DEFAULT VALUES;

-- kind: 1 parent, 2 child. status: 0 pending, 1 linked, 2 completed, 3 billed, 4 dispatched; a child keeps only 0 or 1, the rest
-- follows its parent on reading. No foreign key on parent_id: COPY would check it row by row.
CREATE TABLE tracetrack.bag (
    id bigint PRIMARY KEY DEFAULT nextval('tracetrack.bag_id_seq'),
    parent_id bigint,
    version bigint NOT NULL,
    import_id bigint,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    linked_at timestamptz,
    content_grams bigint NOT NULL DEFAULT 0,
    weight_grams integer NOT NULL DEFAULT 0,
    child_count smallint NOT NULL DEFAULT 0,
    kind smallint NOT NULL,
    status smallint NOT NULL DEFAULT 0,
    qr text COLLATE "C" NOT NULL,
    area text COLLATE "C"
) WITH (fillfactor = 90);

-- status: 0 new, 1 processing, 2 completed.
CREATE TABLE tracetrack.bill (
    id bigint PRIMARY KEY DEFAULT nextval('tracetrack.bill_id_seq'),
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    completed_at timestamptz,
    actual_grams bigint NOT NULL DEFAULT 0,
    parent_count integer NOT NULL DEFAULT 0,
    capacity integer NOT NULL CHECK (capacity BETWEEN 1 AND 500),
    status smallint NOT NULL DEFAULT 0,
    number text COLLATE "C" NOT NULL,
    created_by text COLLATE "C" NOT NULL,
    CHECK (parent_count BETWEEN 0 AND capacity)
) WITH (fillfactor = 80);

-- The primary key is the rule: a parent is on at most one bill.
CREATE TABLE tracetrack.bill_bag (
    bag_id bigint PRIMARY KEY,
    bill_id bigint NOT NULL REFERENCES tracetrack.bill (id),
    loaded_at timestamptz NOT NULL
);

-- The append-only log, one partition a month (made ahead by the library; the default partition catches what has none).
-- It names bags and bills by their codes, so archived months need no other table. (xid, id) is the order of the event feed.
-- action: 1 observe, 2 link, 3 unlink, 4 relink, 5 load, 6 unload, 7 undo. outcome: 1 recorded, 3 rejected.
CREATE TABLE tracetrack.scan (
    id bigint NOT NULL DEFAULT nextval('tracetrack.scan_id_seq'),
    recorded_at timestamptz NOT NULL,
    scanned_at timestamptz NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    scan_id uuid NOT NULL,
    action smallint NOT NULL,
    outcome smallint NOT NULL,
    rejection smallint,
    qr text COLLATE "C" NOT NULL,
    parent_qr text COLLATE "C",
    bill_number text COLLATE "C",
    fact text,
    actor_id text COLLATE "C" NOT NULL,
    area text COLLATE "C",
    PRIMARY KEY (recorded_at, id)
) PARTITION BY RANGE (recorded_at);
CREATE TABLE tracetrack.scan_default PARTITION OF tracetrack.scan DEFAULT;

-- What answers a repeated scan. Not partitioned, since its key must be unique over all months.
CREATE TABLE tracetrack.scan_receipt (
    scan_id uuid PRIMARY KEY,
    payload_hash uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    event_id bigint NOT NULL,
    outcome smallint NOT NULL,
    rejection smallint,
    actor_id text COLLATE "C" NOT NULL,
    fact text
);

-- Finished stays of children in parents; the current one is on the child (parent_id, linked_at, import_id).
CREATE TABLE tracetrack.link_interval (
    child_id bigint NOT NULL,
    parent_id bigint NOT NULL,
    linked_at timestamptz NOT NULL,
    unlinked_at timestamptz NOT NULL,
    import_id bigint,
    PRIMARY KEY (child_id, linked_at)
);

-- kind: 1 bags, 2 scan log.
CREATE TABLE tracetrack.import (
    id bigint PRIMARY KEY DEFAULT nextval('tracetrack.import_id_seq'),
    import_key uuid NOT NULL UNIQUE,
    kind smallint NOT NULL,
    finished_at timestamptz NOT NULL,
    report text NOT NULL
);
CREATE TABLE tracetrack.import_result (
    import_id bigint NOT NULL,
    ordinal bigint NOT NULL,
    rejection smallint NOT NULL,
    qr text NOT NULL,
    detail text,
    PRIMARY KEY (import_id, ordinal)
);

-- role: 1 admin, 2 biller, 3 dispatcher. name_key is the name in lower case.
CREATE TABLE tracetrack.app_user (
    id text COLLATE "C" PRIMARY KEY DEFAULT 'u' || nextval('tracetrack.user_id_seq'),
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    role smallint NOT NULL,
    area text COLLATE "C",
    password_hash text NOT NULL,
    is_disabled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Only the SHA-256 of a token is kept.
CREATE TABLE tracetrack.login_session (
    token_hash bytea PRIMARY KEY,
    user_id text COLLATE "C" NOT NULL REFERENCES tracetrack.app_user (id) ON DELETE CASCADE,
    renewed_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

-- Sixteen rows share each counter, so that concurrent writers seldom meet on one; the sum is exact.
CREATE TABLE tracetrack.totals (
    slot smallint PRIMARY KEY,
    bags bigint NOT NULL DEFAULT 0,
    parents bigint NOT NULL DEFAULT 0,
    children bigint NOT NULL DEFAULT 0,
    bills bigint NOT NULL DEFAULT 0,
    scans bigint NOT NULL DEFAULT 0,
    users bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
INSERT INTO tracetrack.totals (slot) SELECT generate_series(0, 15);
