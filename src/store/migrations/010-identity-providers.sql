-- Those outside whose word for a person counts at a site. `config` is JSON without secrets: certificates hold public keys.
CREATE TABLE identity_providers (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  second_factor TEXT NOT NULL,
  config TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (site_id, name)
);
