import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { VARIABLES } from '../../src/config.ts'

// What can be read from the file; it is built and run in image.test.ts.
const text = readFileSync('Dockerfile', 'utf8')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
const steps = text.split('\n').flatMap((line) => {
  const [, word, rest] = /^([A-Z]+) (.+)$/.exec(line) ?? []
  return word === undefined || rest === undefined ? [] : [{ word, rest }]
})
const last = steps.slice(steps.findLastIndex(({ word }) => word === 'FROM'))
const said = (word: string): readonly string[] => last.filter((step) => step.word === word).map(({ rest }) => rest)

test('the container runs as nobody in particular, by number, so that a cluster can check it', () => {
  assert.deepEqual(said('USER'), ['10001:10001'])
  const after = last.slice(last.findIndex(({ word }) => word === 'USER')).map(({ word }) => word)
  assert.ok(!after.includes('RUN') && !after.includes('COPY'))
})

test('its health is asked by node itself, without a shell and without curl, at a door that there is', async () => {
  const [check = ''] = said('HEALTHCHECK')
  const [program, flag, script = ''] = JSON.parse(/CMD (\[.*\])$/.exec(check)?.[1] ?? '') as readonly string[]
  assert.deepEqual([program, flag], ['node', '-e'])
  for (const [ok, code] of [
    [true, 0],
    [false, 1],
    [null, 1],
  ] as const) {
    const ended: number[] = []
    const fetch = (address: string): Promise<{ ok: boolean }> => {
      assert.equal(address, 'http://127.0.0.1:4180/healthz')
      return ok === null ? Promise.reject(new Error('refused')) : Promise.resolve({ ok })
    }
    // The very text that the container runs, with a server and an exit of ours.
    await runInNewContext(script, { fetch, process: { exit: (number: number) => ended.push(number) } })
    assert.deepEqual(ended, [code])
  }
})

test('it starts the program itself, gets only files that there are, and sets variables that are known', () => {
  assert.equal(said('ENTRYPOINT').length, 1)
  assert.ok(!said('ENTRYPOINT')[0]?.includes('sh'))
  for (const { rest } of steps.filter(({ word }) => word === 'COPY')) {
    if (rest.startsWith('--from=')) continue
    for (const path of rest.split(' ').slice(0, -1)) assert.ok(existsSync(path), path)
  }
  for (const [name] of text.matchAll(/COUNTERSIGN_\w+/g)) assert.ok(Object.hasOwn(VARIABLES, name), name)
})

test('no secret of whoever builds it gets into it', () => {
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n')
  for (const each of ['.git', 'data', '*.key', '*.env', '**/node_modules']) assert.ok(ignored.includes(each), each)
})
