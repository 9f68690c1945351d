import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ATTRIBUTES } from './attributes.ts'
import { settingsJsonSchema, settingsManual, settingsSchemaText } from './manual.ts'
import { PRESET_NAMES } from './presets.ts'
import { DEFAULTS, SETTING_KEYS } from './settings.ts'

const STALE = 'run `node bin/run.mjs scripts/manual.ts` and commit what it writes'

test('[P25] docs/settings.md is what the registry says today', () => {
  assert.equal(read('docs/settings.md'), settingsManual(), STALE)
})

test('[P25] docs/settings.schema.json is what the registry says today', () => {
  assert.equal(read('docs/settings.schema.json'), settingsSchemaText(), STALE)
  assert.deepEqual(JSON.parse(settingsSchemaText()), settingsJsonSchema())
})

test('[P25] the manual names every setting, attribute and preset', () => {
  const manual = settingsManual()
  const rows = (name: string) => manual.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`))
  for (const key of SETTING_KEYS) assert.ok(rows(key).length >= 1, key)
  for (const { key } of ATTRIBUTES) assert.ok(rows(key).length >= 1, key)
  for (const name of PRESET_NAMES) assert.match(manual, new RegExp(`^- \`${name}\`: `, 'm'))
})

test('[P25] the manual tells range, default and levels', () => {
  const manual = settingsManual()
  assert.match(manual, /`code\.ttl_seconds` \| [^|]+ \| 60–600 \| `300` \| site \|/)
  assert.match(manual, /`delivery\.backup_offer_after` \| [^|]+ \| 0–10 or `never` \| `1` \| site \|/)
  assert.match(manual, /`challenge\.interval_hours` \| [^|]+ \| 0–8760 \| `168` \| site, application, role, user \|/)
  assert.match(manual, /`network\.trusted` \| [^|]+ \| list of at most 100 networks \| empty \| site, role \|/)
  assert.match(manual, /^\| `challenge\.interval_hours` \| `168` \| \*\*`0`\*\*/m)
})

test('[P25] the JSON schema has a property for each setting and no other', () => {
  const { properties = {}, additionalProperties } = settingsJsonSchema()
  assert.deepEqual(Object.keys(properties), SETTING_KEYS)
  assert.equal(additionalProperties, false)
  for (const key of SETTING_KEYS) {
    const property = properties[key]
    assert.ok(typeof property === 'object' && property.description)
    assert.deepEqual(property.default, DEFAULTS[key])
  }
  assert.deepEqual(properties['contact.show_after'], {
    description: 'After how many failed codes the contact persons are shown.',
    type: 'integer',
    minimum: 1,
    maximum: 10,
    default: 3,
  })
})

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
}
