-- What was written down stays as it was. Erasing a personal value deletes its row; nothing replaces one.

CREATE FUNCTION refuse_a_change_of_the_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END
$$;

CREATE TRIGGER audit_entries_stay_as_written BEFORE UPDATE ON audit_entries FOR EACH ROW
  EXECUTE FUNCTION refuse_a_change_of_the_audit('audit entries are never changed');

CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries FOR EACH ROW
  EXECUTE FUNCTION refuse_a_change_of_the_audit('audit entries are never deleted');

CREATE TRIGGER audit_entries_stay_all BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_a_change_of_the_audit('audit entries are never deleted');

CREATE TRIGGER audit_heads_stay BEFORE DELETE ON audit_heads FOR EACH ROW
  EXECUTE FUNCTION refuse_a_change_of_the_audit('the head of an audit chain is never deleted');

CREATE TRIGGER audit_heads_stay_all BEFORE TRUNCATE ON audit_heads FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_a_change_of_the_audit('the head of an audit chain is never deleted');

CREATE TRIGGER audit_heads_go_forward BEFORE UPDATE ON audit_heads FOR EACH ROW
  WHEN (NEW.seq < OLD.seq OR NEW.site_id <> OLD.site_id)
  EXECUTE FUNCTION refuse_a_change_of_the_audit('the head of an audit chain only goes forward');

CREATE TRIGGER audit_personal_stays_as_written BEFORE UPDATE ON audit_personal FOR EACH ROW
  EXECUTE FUNCTION refuse_a_change_of_the_audit('personal values of the audit are erased or kept, never changed');

CREATE TRIGGER audit_personal_is_not_emptied BEFORE TRUNCATE ON audit_personal FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_a_change_of_the_audit('personal values of the audit are erased one by one');
