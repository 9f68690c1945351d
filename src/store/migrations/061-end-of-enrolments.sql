-- When the QR code and the link of an enrolment end, written down when they are made. Those from before end by the present setting, which
-- is never longer than a day.
ALTER TABLE enrolments ADD COLUMN expires_at BIGINT NOT NULL DEFAULT 0;
UPDATE enrolments SET expires_at = created_at + 86400000;
