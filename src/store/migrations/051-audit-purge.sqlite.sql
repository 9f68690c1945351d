-- An entry may go only with its whole segment: once the site's seal says that its trail begins behind it.
DROP TRIGGER audit_entries_stay;

CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
WHEN NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.site_id = OLD.site_id AND s.start_seq >= OLD.seq)
BEGIN
  SELECT RAISE(ABORT, 'audit entries are never deleted');
END;

CREATE TRIGGER audit_checkpoints_stay_as_written BEFORE UPDATE ON audit_checkpoints
BEGIN
  SELECT RAISE(ABORT, 'checkpoints are never changed');
END;

CREATE TRIGGER audit_checkpoints_stay BEFORE DELETE ON audit_checkpoints
WHEN NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.site_id = OLD.site_id AND s.start_seq > OLD.size)
BEGIN
  SELECT RAISE(ABORT, 'checkpoints are never deleted');
END;

CREATE TRIGGER audit_seals_go_forward BEFORE UPDATE ON audit_seals
WHEN NEW.size < OLD.size OR NEW.start_seq < OLD.start_seq OR NEW.start_seq > NEW.size OR NEW.site_id <> OLD.site_id
BEGIN
  SELECT RAISE(ABORT, 'the seal of an audit trail only goes forward');
END;

CREATE TRIGGER audit_seals_stay BEFORE DELETE ON audit_seals
BEGIN
  SELECT RAISE(ABORT, 'the seal of an audit trail is never deleted');
END;
