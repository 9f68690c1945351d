-- An entry may go only with its whole segment: once the site's seal says that its trail begins behind it. The condition
-- stands in the function: WHEN of a trigger may not look at another table here.
CREATE FUNCTION refuse_an_early_purge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'audit_entries' THEN
    IF NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.site_id = OLD.site_id AND s.start_seq >= OLD.seq) THEN
      RAISE EXCEPTION 'audit entries are never deleted';
    END IF;
  ELSIF NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.site_id = OLD.site_id AND s.start_seq > OLD.size) THEN
    RAISE EXCEPTION 'checkpoints are never deleted';
  END IF;
  RETURN OLD;
END
$$;

DROP TRIGGER audit_entries_stay ON audit_entries;
CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_an_early_purge();

CREATE TRIGGER audit_checkpoints_stay_as_written BEFORE UPDATE ON audit_checkpoints FOR EACH ROW
  EXECUTE FUNCTION refuse_a_change_of_the_audit('checkpoints are never changed');

CREATE TRIGGER audit_checkpoints_stay BEFORE DELETE ON audit_checkpoints FOR EACH ROW
  EXECUTE FUNCTION refuse_an_early_purge();

CREATE TRIGGER audit_checkpoints_stay_all BEFORE TRUNCATE ON audit_checkpoints FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_a_change_of_the_audit('checkpoints are never deleted');

CREATE TRIGGER audit_seals_go_forward BEFORE UPDATE ON audit_seals FOR EACH ROW
  WHEN (NEW.size < OLD.size OR NEW.start_seq < OLD.start_seq OR NEW.start_seq > NEW.size OR NEW.site_id <> OLD.site_id)
  EXECUTE FUNCTION refuse_a_change_of_the_audit('the seal of an audit trail only goes forward');

CREATE TRIGGER audit_seals_stay BEFORE DELETE ON audit_seals FOR EACH ROW
  EXECUTE FUNCTION refuse_a_change_of_the_audit('the seal of an audit trail is never deleted');

CREATE TRIGGER audit_seals_stay_all BEFORE TRUNCATE ON audit_seals FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_a_change_of_the_audit('the seal of an audit trail is never deleted');
