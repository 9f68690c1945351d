-- An application that signs its users in by OpenID Connect: its client id is its name.
CREATE TABLE openid_clients (
  site_id TEXT NOT NULL,
  application TEXT NOT NULL,
  redirect_uris TEXT NOT NULL,
  post_logout_redirect_uris TEXT NOT NULL,
  -- Digest of the client's secret; without one it is a public client, which has PKCE alone.
  secret_digest TEXT,
  version BIGINT NOT NULL,
  PRIMARY KEY (site_id, application),
  FOREIGN KEY (site_id, application) REFERENCES applications (site_id, name) ON DELETE CASCADE
);

-- Keys that tokens are signed with: the newest signs, older ones are published until they are retired.
CREATE TABLE openid_keys (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  kid TEXT NOT NULL,
  -- The private key as JWK, sealed to the site and the kid.
  sealed_key TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  -- From when on the key is published no more; null: it signs, or no newer one has taken its place.
  retired_at BIGINT,
  PRIMARY KEY (site_id, kid)
);

-- What the protocol keeps between its requests: interactions, grants, codes, tokens. Of a code or a token only the digest is here.
CREATE TABLE openid_artifacts (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  payload TEXT NOT NULL,
  -- The digest of the grant it belongs to: what one sign-in at one application has led to.
  grant_digest TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  spent_at BIGINT,
  PRIMARY KEY (site_id, kind, digest)
);
CREATE INDEX openid_artifacts_of_grant ON openid_artifacts (site_id, grant_digest);
CREATE INDEX openid_artifacts_by_end ON openid_artifacts (site_id, expires_at);
