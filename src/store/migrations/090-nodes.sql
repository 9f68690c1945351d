-- The processes that serve: which keys each has read from its key file, with which it seals and since when. Nothing is sealed with a key
-- that one of them does not have.
CREATE TABLE nodes (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  -- Names of keys, the newest first, with a space between.
  key_ids TEXT NOT NULL,
  seals_with TEXT NOT NULL,
  seals_since BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
