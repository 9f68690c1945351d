-- Booleans are 0 or 1, instants are milliseconds since 1970-01-01T00:00:00Z, JSON is text.
-- Whatever belongs to a user names the site twice over: a row of one site cannot point at a user of another.

-- What belongs to the whole installation, written once.
CREATE TABLE server_values (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE sites (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  settings_version BIGINT NOT NULL,
  session_epoch BIGINT NOT NULL,
  device_epoch BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE site_settings (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by TEXT NOT NULL,
  PRIMARY KEY (site_id, name)
);

-- site_id '' is the server's own row, for every site without one: no foreign key therefore.
CREATE TABLE channels (
  site_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('config', 'off')),
  sealed TEXT,
  PRIMARY KEY (site_id, channel),
  CHECK ((kind = 'config') = (sealed IS NOT NULL))
);

CREATE TABLE roles (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  two_factor_auth INTEGER NOT NULL CHECK (two_factor_auth IN (0, 1)),
  bypass_allowed INTEGER NOT NULL CHECK (bypass_allowed IN (0, 1)),
  fail_open_allowed INTEGER NOT NULL CHECK (fail_open_allowed IN (0, 1)),
  methods_allowed TEXT,
  interval_hours INTEGER,
  grace_days INTEGER,
  trusted_networks TEXT,
  version BIGINT NOT NULL,
  PRIMARY KEY (site_id, name)
);

CREATE TABLE applications (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  default_for_new_users INTEGER NOT NULL CHECK (default_for_new_users IN (0, 1)),
  interval_hours INTEGER,
  recheck_in_session INTEGER CHECK (recheck_in_session IN (0, 1)),
  session_hours INTEGER,
  session_idle_minutes INTEGER,
  version BIGINT NOT NULL,
  PRIMARY KEY (site_id, name)
);

CREATE TABLE users (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  username TEXT NOT NULL,
  canonical_username TEXT NOT NULL,
  display_name TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  kind TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
  language TEXT,
  two_factor_app INTEGER NOT NULL CHECK (two_factor_app IN (0, 1)),
  two_factor_email INTEGER NOT NULL CHECK (two_factor_email IN (0, 1)),
  two_factor_sms INTEGER NOT NULL CHECK (two_factor_sms IN (0, 1)),
  bypass_reason TEXT,
  bypass_note TEXT,
  bypass_set_by TEXT,
  bypass_set_at BIGINT,
  bypass_expires_at BIGINT,
  interval_hours INTEGER,
  had_authenticator INTEGER NOT NULL CHECK (had_authenticator IN (0, 1)),
  required_since BIGINT,
  created_at BIGINT NOT NULL,
  last_sign_in_at BIGINT,
  session_epoch BIGINT NOT NULL,
  device_epoch BIGINT NOT NULL,
  password_hash TEXT,
  version BIGINT NOT NULL,
  UNIQUE (site_id, canonical_username),
  UNIQUE (site_id, id),
  CHECK ((bypass_reason IS NULL) = (bypass_note IS NULL)),
  CHECK ((bypass_reason IS NULL) = (bypass_set_by IS NULL)),
  CHECK ((bypass_reason IS NULL) = (bypass_set_at IS NULL))
);

CREATE TABLE user_roles (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  role TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (site_id, user_id, role),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
CREATE INDEX user_roles_by_role ON user_roles (site_id, role);

CREATE TABLE user_applications (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  application TEXT NOT NULL,
  two_factor INTEGER NOT NULL CHECK (two_factor IN (0, 1)),
  PRIMARY KEY (site_id, user_id, application),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
CREATE INDEX user_applications_by_application ON user_applications (site_id, application);

CREATE TABLE code_counters (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  consecutive INTEGER NOT NULL,
  in_window INTEGER NOT NULL,
  window_start BIGINT NOT NULL,
  locked_until BIGINT NOT NULL,
  disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
  next_counter BIGINT NOT NULL,
  sealed_code_secret TEXT,
  password_proved_at BIGINT,
  version BIGINT NOT NULL,
  PRIMARY KEY (site_id, user_id),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);

CREATE TABLE password_throttles (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  bucket TEXT NOT NULL,
  failures INTEGER NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, bucket)
);

CREATE TABLE authenticators (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('app')),
  label TEXT NOT NULL,
  sealed_secret TEXT NOT NULL,
  digits INTEGER NOT NULL,
  algorithm TEXT NOT NULL,
  period INTEGER NOT NULL,
  last_step BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
CREATE INDEX authenticators_of_user ON authenticators (site_id, user_id, created_at);

CREATE TABLE enrolments (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  challenge_id TEXT NOT NULL,
  sealed_secret TEXT NOT NULL,
  digits INTEGER NOT NULL,
  algorithm TEXT NOT NULL,
  period INTEGER NOT NULL,
  link_digest TEXT,
  wrong_codes INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (site_id, user_id),
  UNIQUE (site_id, link_digest),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);

CREATE TABLE challenges (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  application TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('login', 'second_factor')),
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
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
CREATE INDEX challenges_of_user ON challenges (site_id, user_id, expires_at);

CREATE TABLE sessions (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  token_digest TEXT NOT NULL,
  application TEXT NOT NULL,
  evidence TEXT NOT NULL,
  rule TEXT NOT NULL,
  challenge_id TEXT,
  device_id TEXT,
  created_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  ended_at BIGINT,
  site_epoch BIGINT NOT NULL,
  user_epoch BIGINT NOT NULL,
  address TEXT,
  user_agent TEXT,
  UNIQUE (site_id, token_digest),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
CREATE INDEX sessions_of_user ON sessions (site_id, user_id, ends_at);

CREATE TABLE devices (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  token_digest TEXT NOT NULL,
  passed_at BIGINT NOT NULL,
  method TEXT NOT NULL,
  site_epoch BIGINT NOT NULL,
  user_epoch BIGINT NOT NULL,
  user_agent TEXT,
  last_used_at BIGINT NOT NULL,
  forgotten_at BIGINT,
  UNIQUE (site_id, token_digest),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
CREATE INDEX devices_of_user ON devices (site_id, user_id);

CREATE TABLE deliveries (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  challenge_id TEXT,
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  content TEXT NOT NULL,
  queued INTEGER NOT NULL CHECK (queued IN (0, 1)),
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  claimed_until BIGINT NOT NULL,
  version BIGINT NOT NULL,
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
CREATE INDEX deliveries_of_user ON deliveries (site_id, user_id, created_at);
CREATE INDEX deliveries_of_site ON deliveries (site_id, created_at);
CREATE INDEX deliveries_of_challenge ON deliveries (site_id, challenge_id, created_at);
CREATE INDEX deliveries_queued ON deliveries (expires_at, claimed_until) WHERE queued = 1;

CREATE TABLE api_keys (
  id TEXT NOT NULL PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  user_id TEXT,
  secret_digest TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT,
  UNIQUE (site_id, secret_digest),
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
CREATE INDEX api_keys_of_site ON api_keys (site_id, created_at);
CREATE INDEX api_keys_of_user ON api_keys (site_id, user_id);

-- The audit trail of a site outlives the site: none of these tables refers to the others above.
CREATE TABLE audit_heads (
  site_id TEXT NOT NULL PRIMARY KEY,
  site_name TEXT NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  site_removed_at BIGINT
);

CREATE TABLE audit_entries (
  site_id TEXT NOT NULL REFERENCES audit_heads (site_id),
  seq BIGINT NOT NULL,
  happened_at BIGINT NOT NULL,
  ev TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  subject_id TEXT,
  application TEXT,
  entry TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (site_id, seq)
);
CREATE INDEX audit_entries_by_actor ON audit_entries (site_id, actor_id, seq);
CREATE INDEX audit_entries_by_subject ON audit_entries (site_id, subject_id, seq);
CREATE INDEX audit_entries_by_event ON audit_entries (site_id, ev, seq);
CREATE INDEX audit_entries_by_time ON audit_entries (site_id, happened_at);

-- Personal values beside the chain, which holds only their salted digest: a row can be erased and the chain still holds.
CREATE TABLE audit_personal (
  site_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  salt TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (site_id, seq),
  FOREIGN KEY (site_id, seq) REFERENCES audit_entries (site_id, seq)
);
