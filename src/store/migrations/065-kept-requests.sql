-- Requests that were sent with an Idempotency-Key: who has it under way, whether it was done, and what was answered, sealed. Only
-- digests of the key and of the request are kept.
CREATE TABLE kept_requests (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  key_digest TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  claim TEXT NOT NULL,
  claimed_until BIGINT NOT NULL,
  done INTEGER NOT NULL CHECK (done IN (0, 1)),
  sealed_answer TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, key_digest),
  CHECK (sealed_answer IS NULL OR done = 1)
);
CREATE INDEX kept_requests_by_age ON kept_requests (created_at);
