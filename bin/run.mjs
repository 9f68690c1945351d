// Runs one TypeScript file of this repository: `node bin/run.mjs test/promises.ts`.
import { start } from './pinned-node.mjs'

void start(process.argv[2])
