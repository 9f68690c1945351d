import { writeFileSync } from 'node:fs'
import { movingManual } from '#policy/moving-manual.ts'
import { settingsManual, settingsSchemaText } from '#policy/manual.ts'
import { configurationManual } from '../src/config.ts'

// Writes what is made from the registry of settings and from the list of variables: node bin/run.mjs scripts/manual.ts
write('settings.md', settingsManual())
write('settings.schema.json', settingsSchemaText())
write('moving-from.md', movingManual())
write('configuration.md', configurationManual())

function write(name: string, text: string): void {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), text)
  process.stdout.write(`docs/${name}\n`)
}
