-- What is signed of an audit trail. Like the trail itself, none of this refers to its site, which it outlives.

-- Who signs the checkpoints of a site: an Ed25519 key each, its seed sealed by the key file. `verifier` is what others check with.
CREATE TABLE audit_keys (
  site_id TEXT NOT NULL,
  id TEXT NOT NULL,
  verifier TEXT NOT NULL,
  sealed_seed TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  retired_at BIGINT,
  PRIMARY KEY (site_id, id)
);

CREATE TABLE audit_checkpoints (
  site_id TEXT NOT NULL,
  size BIGINT NOT NULL,
  note TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, size)
);

-- How far the trail is sealed, with the hash tree so far; and where it begins since old segments were purged.
CREATE TABLE audit_seals (
  site_id TEXT NOT NULL PRIMARY KEY,
  size BIGINT NOT NULL,
  hash TEXT NOT NULL,
  tree TEXT NOT NULL,
  start_seq BIGINT NOT NULL,
  start_hash TEXT NOT NULL,
  start_tree TEXT NOT NULL
);
