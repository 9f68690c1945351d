-- Who is who: what an identity provider calls a user. A user belongs to one provider, so that no other one can vouch for them.
CREATE TABLE external_identities (
  site_id TEXT NOT NULL,
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, provider, subject),
  UNIQUE (site_id, user_id),
  FOREIGN KEY (site_id, provider) REFERENCES identity_providers (site_id, name) ON DELETE CASCADE,
  FOREIGN KEY (site_id, user_id) REFERENCES users (site_id, id) ON DELETE CASCADE
);
