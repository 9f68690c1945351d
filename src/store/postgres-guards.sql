-- Run on PostgreSQL after every migration, so that no table that somebody adds can be without them.
DO $$
DECLARE found record;
BEGIN
  -- Text is compared and sorted byte by byte, as SQLite does it, whatever the language of the server.
  FOR found IN
    SELECT c.oid::regclass AS tab, a.attname AS col
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
      AND a.atttypid = 'text'::regtype AND a.attcollation = 'pg_catalog."default"'::regcollation
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE text COLLATE "C"', found.tab, found.col);
  END LOOP;

  -- A transaction sees the rows of the site it was begun for; the owner of the tables is no exception.
  FOR found IN
    SELECT c.oid::regclass AS tab, a.attname AS col
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
      AND a.attname = CASE WHEN c.relname = 'sites' THEN 'id' ELSE 'site_id' END
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
      AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'own_site')
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', found.tab);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', found.tab);
    EXECUTE format(
      'CREATE POLICY own_site ON %s USING (current_setting(''countersign.site'', true) IN (%I, ''*''))',
      found.tab, found.col);
    -- The row of the server has the site '' and is read by all.
    EXECUTE format('CREATE POLICY server_row ON %s FOR SELECT USING (%I = '''')', found.tab, found.col);
  END LOOP;
END
$$
