-- A site's own words for its messages: templates, in which only named words are replaced. What is NULL is said in ours.
CREATE TABLE wordings (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  message TEXT NOT NULL,
  language TEXT NOT NULL,
  subject TEXT,
  mail_text TEXT,
  sms TEXT,
  PRIMARY KEY (site_id, message, language),
  CHECK (subject IS NOT NULL OR mail_text IS NOT NULL OR sms IS NOT NULL)
);
