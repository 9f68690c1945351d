-- The caps on SMS count by number in the last hour, and by site in the month.
CREATE INDEX deliveries_to_recipient ON deliveries (site_id, recipient, created_at);
CREATE INDEX deliveries_of_channel ON deliveries (site_id, channel, created_at);
