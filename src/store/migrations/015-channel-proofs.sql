-- A code on its way to whoever tests a channel, and what such tests have proved. `mark` is a digest of the configuration.
CREATE TABLE channel_tests (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  channel TEXT NOT NULL,
  mark TEXT NOT NULL,
  recipient TEXT NOT NULL,
  code_digest TEXT,
  begun_by TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  wrong INTEGER NOT NULL,
  failed_why TEXT,
  PRIMARY KEY (site_id, channel)
);

CREATE TABLE channel_proofs (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  channel TEXT NOT NULL,
  mark TEXT NOT NULL,
  recipient TEXT NOT NULL,
  proved_by TEXT NOT NULL,
  proved_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, channel)
);
