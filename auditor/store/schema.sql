-- One file holds every run of one engagement. No clear value is ever stored: values are masked, and told apart by the
-- keyed fingerprints of docs/fingerprints.md. Fingerprints are still pseudonymous personal data: keep the file private.

CREATE TABLE IF NOT EXISTS run (
  id             INTEGER PRIMARY KEY,      -- 1, 2, 3 … in this file
  engagement     TEXT NOT NULL,            -- the engagement's id
  profile        TEXT NOT NULL,            -- the profile's id
  started        TEXT NOT NULL,            -- ISO 8601, UTC
  finished       TEXT,                     -- NULL: still running, or killed
  interrupted    INTEGER NOT NULL DEFAULT 0, -- 1: stopped by Ctrl-C; what was found before is kept
  key_id         TEXT NOT NULL DEFAULT '', -- tells which key made the fingerprints; empty: one-time key, no look-up possible
  tool_version   TEXT NOT NULL,
  ruleset_digest TEXT NOT NULL,            -- SHA-256 of all rule files
  people         INTEGER                   -- distinct people
) STRICT;

CREATE TABLE IF NOT EXISTS asset (         -- only assets that hold something
  id       INTEGER PRIMARY KEY,
  run      INTEGER NOT NULL REFERENCES run,
  target   TEXT NOT NULL,                  -- the target's name
  path     TEXT NOT NULL,                  -- archive members joined by !/
  version  TEXT,                           -- object version id
  current  INTEGER NOT NULL,               -- 0: an old object version
  size     INTEGER,                        -- bytes
  modified TEXT,                           -- ISO 8601, UTC
  mode     INTEGER,                        -- POSIX permission bits
  people   INTEGER NOT NULL DEFAULT 0,     -- distinct people in this asset
  rows_from TEXT,                          -- ISO 8601: the earliest of its rows' own dates; without an offset as written there
  rows_to  TEXT,                           -- and the latest
  together TEXT NOT NULL DEFAULT ''        -- entities that stand in one table or record: groups joined by |, entities by spaces
) STRICT;
CREATE INDEX IF NOT EXISTS asset_of_run ON asset (run);

CREATE TABLE IF NOT EXISTS match (         -- one row a distinct value in an asset
  asset       INTEGER NOT NULL REFERENCES asset,
  entity      TEXT NOT NULL,
  fingerprint BLOB NOT NULL,               -- 16 bytes, AES-256-CMAC
  count       INTEGER NOT NULL,            -- how often it stands there
  mask        TEXT NOT NULL,
  place       TEXT NOT NULL,               -- the first place, for a person
  line        INTEGER,                     -- the first line, from 1
  score       REAL NOT NULL,               -- the highest, 0 … 1
  why         TEXT NOT NULL,               -- reasons, joined by "; "
  protection  TEXT NOT NULL,               -- clear, encrypted, hashed or masked (in this order: the least is kept)
  candidate   INTEGER NOT NULL,            -- 1: shape alone; counts only once the same value is confirmed elsewhere
  PRIMARY KEY (asset, entity, fingerprint)
) STRICT, WITHOUT ROWID;
-- Its index match_of_value, on (entity, fingerprint), is made once the values of a store's first run are written (sqlite.py).

CREATE TABLE IF NOT EXISTS bulk_head (     -- one row an entity of an asset of which there are too many values for a row each
  id          INTEGER PRIMARY KEY,
  asset       INTEGER NOT NULL REFERENCES asset,
  entity      TEXT NOT NULL,
  occurrences INTEGER NOT NULL,            -- how often they stand there, besides what "match" counts
  number      INTEGER NOT NULL,            -- distinct ones; a value may stand in "match" too
  mask        TEXT NOT NULL,               -- of one example, as all that follows; all are in clear, none is a candidate
  place       TEXT NOT NULL,
  line        INTEGER,
  score       REAL NOT NULL,
  why         TEXT NOT NULL,
  UNIQUE (asset, entity)
) STRICT;

CREATE TABLE IF NOT EXISTS bulk (          -- their keys, sorted, each once, in blocks that do not overlap
  id     INTEGER PRIMARY KEY,
  head   INTEGER NOT NULL REFERENCES bulk_head,
  first  BLOB NOT NULL,                    -- the lowest key: the first 8 bytes of a fingerprint
  last   BLOB NOT NULL,                    -- the highest
  number INTEGER NOT NULL,                 -- keys in this block
  keys   BLOB NOT NULL                     -- 8 bytes each, ascending
) STRICT;
CREATE INDEX IF NOT EXISTS bulk_of_key ON bulk (head, first);

CREATE TABLE IF NOT EXISTS registered (    -- what of an asset's clear values the bank's register could be asked about, and held
  asset    INTEGER NOT NULL REFERENCES asset,
  entity   TEXT NOT NULL,
  compared INTEGER NOT NULL,               -- distinct values asked about; the rest is not comparable
  matched  INTEGER NOT NULL,               -- of these, values of the bank's own customers
  PRIMARY KEY (asset, entity)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS gap (           -- what was not examined, and why
  run     INTEGER NOT NULL REFERENCES run,
  target  TEXT NOT NULL,
  path    TEXT NOT NULL,
  version TEXT,
  code    TEXT NOT NULL,                   -- reason code, docs/coverage.md
  detail  TEXT NOT NULL,
  size    INTEGER                          -- bytes not read, where known
) STRICT;
CREATE INDEX IF NOT EXISTS gap_of_run ON gap (run);

CREATE TABLE IF NOT EXISTS finding (       -- what the next run is held against
  run         INTEGER NOT NULL REFERENCES run,
  fingerprint TEXT NOT NULL,               -- hash(rule, engagement, subject, entity), 32 hexadecimal digits
  rule        TEXT NOT NULL,
  target      TEXT NOT NULL,
  path        TEXT NOT NULL,
  matches     INTEGER NOT NULL,            -- differs from the run before: updated
  content     TEXT NOT NULL,               -- the finding as JSON, to list it as gone later
  PRIMARY KEY (run, fingerprint)
) STRICT, WITHOUT ROWID;
