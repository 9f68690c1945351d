import { start } from './pinned-node.mjs'

void start('test/run.ts')
