#!/usr/bin/env node
import { existsSync } from 'fs'
import { fileURLToPath } from 'url'
import { start } from './pinned-node.mjs'

// A checkout has the source; an installed package has the same with its types blanked out, which Node.js wants below node_modules.
const source = existsSync(fileURLToPath(new URL('../src/main.ts', import.meta.url)))
void start(source ? 'src/main.ts' : 'lib/main.js')
