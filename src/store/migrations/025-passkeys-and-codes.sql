-- Passkeys and security keys: their public half, and what is needed to tell whether they were copied.
CREATE TABLE passkeys (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  label TEXT NOT NULL,
  credential TEXT NOT NULL,
  public_key TEXT NOT NULL,
  counter BIGINT NOT NULL,
  transports TEXT NOT NULL,
  backup_eligible INTEGER NOT NULL CHECK (backup_eligible IN (0, 1)),
  backed_up INTEGER NOT NULL CHECK (backed_up IN (0, 1)),
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  UNIQUE (site_id, credential),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
CREATE INDEX passkeys_of_user ON passkeys (site_id, user_id, created_at);

-- Challenges that a passkey has answered. They prove by themselves who made them and until when they count; here stands only which
-- of them are spent, until they would have run out anyway.
CREATE TABLE spent_ceremonies (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  nonce TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, nonce)
);
CREATE INDEX spent_ceremonies_by_end ON spent_ceremonies (site_id, expires_at);

-- A set of recovery codes with the salt of its slow digests, and the digests that are left of it.
CREATE TABLE recovery_sets (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  salt TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  saved_at BIGINT,
  PRIMARY KEY (site_id, user_id),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
CREATE TABLE recovery_codes (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (site_id, user_id, digest),
  FOREIGN KEY (site_id, user_id) REFERENCES recovery_sets (site_id, user_id) ON DELETE CASCADE
);

-- Hardware tokens belong to the site; whoever they are handed to gives them back by being removed.
CREATE TABLE hardware_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  user_id TEXT,
  serial TEXT NOT NULL,
  label TEXT NOT NULL,
  moves TEXT NOT NULL CHECK (moves IN ('counter', 'clock')),
  sealed_secret TEXT NOT NULL,
  digits INTEGER NOT NULL,
  algorithm TEXT NOT NULL,
  period INTEGER NOT NULL,
  last BIGINT NOT NULL,
  imported_at BIGINT NOT NULL,
  last_used_at BIGINT,
  version BIGINT NOT NULL,
  UNIQUE (site_id, serial),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
CREATE INDEX hardware_tokens_of_user ON hardware_tokens (site_id, user_id, serial);
