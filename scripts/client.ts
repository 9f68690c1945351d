import { writeFileSync } from 'node:fs'
import { operationsModule, operationsTypes } from './client/operations.ts'

// Writes what the client knows of the API: node bin/run.mjs scripts/client.ts
for (const [name, text] of [
  ['operations.js', operationsModule()],
  ['operations.d.ts', operationsTypes()],
] as const) {
  writeFileSync(new URL(`../client/${name}`, import.meta.url), text)
  process.stdout.write(`client/${name}\n`)
}
