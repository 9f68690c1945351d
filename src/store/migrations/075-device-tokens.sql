-- A browser of our pages gets another token for each sign-in that it was spared; what a program keeps stays as it is. The address is the
-- one it was last used from.
ALTER TABLE devices ADD COLUMN rotates BIGINT NOT NULL DEFAULT 0;
ALTER TABLE devices ADD COLUMN address TEXT;

-- Tokens that were replaced: shown again, they say that the browser's cookie is in two hands.
CREATE TABLE device_tokens (
  site_id TEXT NOT NULL,
  token_digest TEXT NOT NULL,
  device_id TEXT NOT NULL,
  retired_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, token_digest),
  FOREIGN KEY (device_id) REFERENCES devices (id) ON DELETE CASCADE
);
CREATE INDEX device_tokens_of_device ON device_tokens (device_id);
