-- Where the audit log of a site is sent on to, and how far each receiver has it. The configuration is sealed: keys are in it.
CREATE TABLE audit_streams (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  sealed_config TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  sent_seq BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  failing_since BIGINT,
  last_error TEXT,
  PRIMARY KEY (site_id, name)
);
CREATE INDEX audit_streams_due ON audit_streams (next_at);
