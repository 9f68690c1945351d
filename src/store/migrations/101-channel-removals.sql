-- A channel that the policy of its site needs is not taken away at once: that waits here, and whoever looks after the site can keep it.
CREATE TABLE channel_removals (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
  leaves TEXT NOT NULL CHECK (leaves IN ('off', 'unset')),
  asked_by TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, channel)
);
