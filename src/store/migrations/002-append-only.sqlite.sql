-- What was written down stays as it was. Erasing a personal value deletes its row; nothing replaces one.

CREATE TRIGGER audit_entries_stay_as_written BEFORE UPDATE ON audit_entries
BEGIN
  SELECT RAISE(ABORT, 'audit entries are never changed');
END;

CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
BEGIN
  SELECT RAISE(ABORT, 'audit entries are never deleted');
END;

CREATE TRIGGER audit_heads_stay BEFORE DELETE ON audit_heads
BEGIN
  SELECT RAISE(ABORT, 'the head of an audit chain is never deleted');
END;

CREATE TRIGGER audit_heads_go_forward BEFORE UPDATE ON audit_heads
WHEN NEW.seq < OLD.seq OR NEW.site_id <> OLD.site_id
BEGIN
  SELECT RAISE(ABORT, 'the head of an audit chain only goes forward');
END;

CREATE TRIGGER audit_personal_stays_as_written BEFORE UPDATE ON audit_personal
BEGIN
  SELECT RAISE(ABORT, 'personal values of the audit are erased or kept, never changed');
END;
