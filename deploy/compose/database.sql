-- Run by psql as the superuser. The nodes connect as a user who is none: row-level security, the second net between sites, binds only such.
\getenv password DATABASE_PASSWORD
CREATE ROLE countersign LOGIN PASSWORD :'password';
CREATE DATABASE countersign OWNER countersign;
