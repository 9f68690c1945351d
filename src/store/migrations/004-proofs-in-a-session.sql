-- A challenge may be about a session that is to be proved anew; it names that session then. A list of allowed words cannot be made
-- longer where it stands, so the table is made again.
CREATE TABLE challenges_made_again (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  application TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('login', 'second_factor', 'step_up')),
  session_id TEXT,
  token_digest TEXT NOT NULL,
  decision TEXT NOT NULL,
  first_proof TEXT NOT NULL,
  user_epoch BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  address TEXT,
  user_agent TEXT,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (site_id, token_digest),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE,
  CHECK ((purpose = 'step_up') = (session_id IS NOT NULL))
);
INSERT INTO challenges_made_again (id, site_id, user_id, application, purpose, session_id, token_digest, decision, first_proof,
    user_epoch, opened_at, expires_at, address, user_agent, state, version)
  SELECT id, site_id, user_id, application, purpose, NULL, token_digest, decision, first_proof,
    user_epoch, opened_at, expires_at, address, user_agent, state, version
  FROM challenges;
DROP TABLE challenges;
ALTER TABLE challenges_made_again RENAME TO challenges;
CREATE INDEX challenges_of_user ON challenges (site_id, user_id, expires_at);

-- A code that a person was given instead of a method that fails: one a user, only its digest, gone when it is used.
CREATE TABLE issued_codes (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('break_glass', 'helpdesk')),
  digest TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, user_id),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);

-- The end of the exemption that somebody has been reminded of; another end is another reminder.
ALTER TABLE users ADD COLUMN bypass_reminded_for BIGINT;
CREATE INDEX users_by_end_of_bypass ON users (bypass_expires_at) WHERE bypass_expires_at IS NOT NULL;
