import { writeFileSync } from 'node:fs'
import { settingsManual, settingsSchemaText } from '#policy/manual.ts'

// Writes what is made from the registry of settings: node bin/run.mjs scripts/manual.ts
write('settings.md', settingsManual())
write('settings.schema.json', settingsSchemaText())

function write(name: string, text: string): void {
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), text)
  process.stdout.write(`docs/${name}\n`)
}
