-- The link that replaces a forgotten password: one a user, only its digest. The new password waits beside it, as a hash, while its
-- owner is asked for a second factor.
CREATE TABLE password_resets (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  token_digest TEXT NOT NULL,
  user_epoch BIGINT NOT NULL,
  requested_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  spent_at BIGINT,
  challenge_id TEXT,
  password_hash TEXT,
  PRIMARY KEY (site_id, user_id),
  UNIQUE (site_id, token_digest),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE,
  CHECK (password_hash IS NULL OR challenge_id IS NOT NULL)
);

-- A challenge may stand before a new password. A list of allowed words cannot be made longer where it stands, so the table is made
-- again.
CREATE TABLE challenges_made_again (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  application TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('login', 'second_factor', 'step_up', 'password_reset')),
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
  SELECT id, site_id, user_id, application, purpose, session_id, token_digest, decision, first_proof,
    user_epoch, opened_at, expires_at, address, user_agent, state, version
  FROM challenges;
DROP TABLE challenges;
ALTER TABLE challenges_made_again RENAME TO challenges;
CREATE INDEX challenges_of_user ON challenges (site_id, user_id, expires_at);
