import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dumpReader } from './sql-dump.ts'

function rowsOf(text: string, ...tables: string[]) {
  const reader = dumpReader(tables)
  return text.split('\n').flatMap((line) => reader.line(line))
}

test('rows have the columns of their table, whatever stands in their texts', () => {
  const dump = String.raw`-- MariaDB dump
CREATE TABLE ${'`'}other${'`'} (
  ${'`'}x${'`'} int
);
CREATE TABLE ${'`'}tabUser${'`'} (
  ${'`'}name${'`'} varchar(140) NOT NULL,
  ${'`'}full_name${'`'} text DEFAULT NULL,
  ${'`'}enabled${'`'} int(1) NOT NULL DEFAULT 1,
  PRIMARY KEY (${'`'}name${'`'}),
  KEY ${'`'}modified${'`'} (${'`'}modified${'`'})
) ENGINE=InnoDB;
INSERT INTO ${'`'}other${'`'} VALUES (1);
INSERT INTO ${'`'}tabUser${'`'} VALUES ('kim','It''s \'Kim\', (yes); \\ \n \"x\"',1),('sam',NULL,0),('öp','','1');
INSERT INTO ${'`'}tabUser${'`'} (${'`'}enabled${'`'}, ${'`'}name${'`'}) VALUES (1,_binary 'lee');`
  const found = rowsOf(dump, 'tabUser')
  assert.deepEqual(
    found.map(({ line, row }) => [line, Object.fromEntries(row)]),
    [
      [13, { name: 'kim', full_name: "It's 'Kim', (yes); \\ \n \"x\"", enabled: '1' }],
      [13, { name: 'sam', full_name: null, enabled: '0' }],
      [13, { name: 'öp', full_name: '', enabled: '1' }],
      [14, { enabled: '1', name: 'lee' }],
    ],
  )
})

test('a statement that breaks off gives what was whole, and none of it runs on for ever', () => {
  assert.equal(rowsOf("INSERT INTO `t` (`a`) VALUES ('x'),('y", 't').length, 1)
  for (const odd of [
    'INSERT INTO `t` (`a`) VALUES',
    'INSERT INTO `t` (`a`) VALUES (',
    'INSERT INTO `t` VALUES (((',
    "INSERT INTO `t` (`a`) VALUES ('\\",
  ])
    assert.deepEqual(rowsOf(odd, 't'), [])
})

test('a line of megabytes is read in one go', () => {
  const text = 'x'.repeat(1_000)
  const line = `INSERT INTO \`t\` (\`a\`,\`b\`) VALUES ${Array.from({ length: 4_000 }, (_, index) => `(${index},'${text}\\'')`).join(',')};`
  const found = rowsOf(line, 't')
  assert.equal(found.length, 4_000)
  assert.deepEqual(Object.fromEntries(found.at(-1)?.row ?? []), { a: '3999', b: `${text}'` })
})
