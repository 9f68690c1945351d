-- A key knows when it was last used, and what it may do is said more finely.
ALTER TABLE api_keys ADD COLUMN last_used_at BIGINT;
UPDATE api_keys SET scopes = REPLACE(scopes, '"settings"', '"settings:write"');
UPDATE api_keys SET scopes = REPLACE(scopes, '"users"', '"users:write","users:help"');
UPDATE api_keys SET scopes = REPLACE(scopes, '"sessions"', '"sessions:write"');
UPDATE api_keys SET scopes = REPLACE(scopes, '"audit"', '"audit:read"');
UPDATE api_keys SET scopes = REPLACE(scopes, '"delivery"', '"delivery:write"');
