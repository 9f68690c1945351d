-- A changed email address or phone number waits here until the code that was sent to it is typed back. A row without an address says that
-- the one there was is gone: the next one has to be proved as well.
CREATE TABLE waiting_addresses (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
  address TEXT,
  code_digest TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  wrong BIGINT NOT NULL,
  PRIMARY KEY (site_id, user_id, channel),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
