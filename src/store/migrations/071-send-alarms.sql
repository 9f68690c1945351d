-- What was told of a flood of messages, and until when it is not told again.
CREATE TABLE send_alarms (
  site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  alarm TEXT NOT NULL,
  told_until BIGINT NOT NULL,
  PRIMARY KEY (site_id, alarm)
);
