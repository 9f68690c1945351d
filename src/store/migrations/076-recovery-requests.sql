-- Somebody has lost everything that a second factor is proved with, and asks to begin anew: one request a user. Of the link that takes
-- it back and of the code that binds its end to whoever was looked at there is only the digest.
CREATE TABLE recovery_requests (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user_epoch BIGINT NOT NULL,
  requested_at BIGINT NOT NULL,
  waits_until BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  note TEXT NOT NULL,
  cancel_digest TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'cancelled', 'finished')),
  decided_by TEXT,
  code_digest TEXT,
  code_expires_at BIGINT,
  version BIGINT NOT NULL,
  PRIMARY KEY (site_id, user_id),
  UNIQUE (site_id, cancel_digest),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE,
  CHECK ((code_digest IS NULL) = (code_expires_at IS NULL))
);
