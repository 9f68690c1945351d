import assert from 'node:assert/strict'
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { without } from '../real-parts.ts'
import { otherThan } from '../steps.ts'
import { type ServedWorld, servedWorld } from './served.ts'

const skip = without('python3')

function program(at: ServedWorld, username: string, address = '203.0.113.9') {
  const env = { ...process.env, COUNTERSIGN_URL: `${at.ports.origin}/acme`, COUNTERSIGN_KEY: at.key }
  const child = spawn('python3', ['examples/second-factor-api/second_factor.py', username, address], { env })
  const told = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told.err += text))
  return { child, told, ended: once(child, 'close').then(([code]) => code as number) }
}

/** Until it asks for a code. */
async function asked({ stdout }: ChildProcessWithoutNullStreams): Promise<void> {
  for (;;) {
    const [text] = (await once(stdout, 'data')) as [string]
    if (text.endsWith(': ')) return
  }
}

test('the example in Python: a code mistyped once, and in', { skip }, async (t) => {
  const at = await servedWorld(t, 'manufacturing')
  const { child, told, ended } = program(at, 'kim')
  await asked(child)
  child.stdin.write(`${otherThan(at.codeFor('kim'))}\n`)
  await asked(child)
  child.stdin.end(`${at.codeFor('kim')}\n`)
  assert.equal(await ended, 0, told.err)
  assert.match(told.out, /code from k•••@acme\.test: no: .*\ncode from .*: allow: external email\n$/)
})

test('the example in Python: in at once where nothing is asked, out where there is no such user or no code', {
  skip,
}, async (t) => {
  const at = await servedWorld(t, 'manufacturing')
  const stranger = program(at, 'nobody')
  assert.equal(await stranger.ended, 1, stranger.told.err)
  assert.match(stranger.told.out, /^no: There is no active user/)
  const silent = program(at, 'kim')
  silent.child.stdin.end()
  assert.equal(await silent.ended, 1)
  await at.set({ 'network.trusted': ['203.0.113.0/24'] })
  const trusted = program(at, 'kim')
  assert.equal(await trusted.ended, 0, trusted.told.err)
  assert.match(trusted.told.out, /^allow: /)
})
