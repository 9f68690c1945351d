import { writeFileSync } from 'node:fs'
import { commandManual } from '#cli/manual.ts'

// Writes the manual of the command line from its commands: node bin/run.mjs scripts/cli-manual.ts
writeFileSync(new URL('../docs/cli.md', import.meta.url), commandManual())
process.stdout.write('docs/cli.md\n')
