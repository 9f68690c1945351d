// Builds the console for the browser: `npm ci` does it by itself.
import { start } from './pinned-node.mjs'

void start('console/build.ts')
