import { spawn } from 'node:child_process'
import { dirname, delimiter } from 'node:path'

/** What must hold before a test is worth reading. Each one that fails counts as one failure. */
const CHECKS = [
  { name: 'typecheck', program: 'node_modules/.bin/tsc', args: ['--noEmit', '--pretty', 'false'] },
  {
    name: 'typecheck of the console',
    program: 'node_modules/.bin/tsc',
    args: ['--noEmit', '--pretty', 'false', '-p', 'console'],
  },
  // What the browser tests look at is what stands in the source now.
  { name: 'build of the console', program: process.execPath, args: ['bin/console.mjs'] },
  { name: 'lint', program: 'node_modules/.bin/oxlint', args: ['--type-aware', '--deny-warnings', '--format=unix'] },
  { name: 'format', program: 'node_modules/.bin/biome', args: ['format', '--colors=off', '.'] },
] as const

export type Check = { readonly name: string; readonly passed: boolean; readonly output: string }

export function checkEverything(): Promise<readonly Check[]> {
  return Promise.all(CHECKS.map(runCheck))
}

function runCheck(check: (typeof CHECKS)[number]): Promise<Check> {
  // The tools start by `#!/usr/bin/env node`: they get the Node.js that runs us, whatever else is on PATH.
  const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`
  const child = spawn(check.program, check.args, {
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  return new Promise((resolve) => {
    child.on('error', (error) =>
      resolve({ name: check.name, passed: false, output: `${check.program}: ${error.message}` }),
    )
    child.on('close', (code) => resolve({ name: check.name, passed: code === 0, output: output.trim() }))
  })
}
