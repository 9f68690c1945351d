-- Whether an administrator has mailed the link. Those from before were asked for by their owners.
ALTER TABLE password_resets ADD COLUMN vouched INTEGER NOT NULL DEFAULT 0 CHECK (vouched IN (0, 1));
