-- The hosts at which an application stands behind forward-auth: a JSON list of patterns. None: it is protected nowhere.
ALTER TABLE applications ADD COLUMN hosts TEXT NOT NULL DEFAULT '[]';
