#!/usr/bin/env node
import { start } from './pinned-node.mjs'

void start('src/main.ts')
