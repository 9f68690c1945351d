import { writeFileSync } from 'node:fs'
import { loggingInventory } from './security/logging-inventory.ts'

// Writes the page of everything that is written down: npm run logging-inventory
writeFileSync(new URL('../docs/security/logging-inventory.md', import.meta.url), loggingInventory())
process.stdout.write('docs/security/logging-inventory.md\n')
