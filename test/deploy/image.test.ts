import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type BuiltImage, buildImage, withoutImages } from './built-image.ts'
import { type Containers, containersOf } from './run-container.ts'
import { freePort } from '../nodes/node-process.ts'

// The Dockerfile is really built, and what it makes is run the way an administrator is told to: as nobody in particular, on a root that cannot be
// written to, without a single capability.
const skip = withoutImages()
let image: BuiltImage
let containers: Containers
let undo: readonly (() => void)[] = []

before(() => {
  if (skip !== false) return
  image = buildImage()
  undo = [image.remove]
  containers = containersOf(image)
  undo = [containers.remove, image.remove]
})
after(() => {
  for (const each of undo) each()
})

test('the image has the program, without its source, its tests, npm and the Node.js that npm brings', { skip }, () => {
  const has = (pattern: string): readonly string[] => globSync(pattern, { cwd: join(image.files, 'countersign') })
  assert.ok(has('lib/main.js').length === 1 && has('console/dist/**').length > 1)
  assert.deepEqual([...has('{lib,bin}/**/*.ts'), ...has('{test,src,.git}'), ...has('node_modules/node-linux-*')], [])
  assert.deepEqual(globSync('usr/local/{bin/{npm,npx,yarn*},lib/node_modules}', { cwd: image.files }), [])
})

test('without a key it does not start, and says which file it looked for', { skip }, () => {
  const { code, output } = containers.run(['serve'])
  assert.notEqual(code, 0)
  assert.match(output, /\/data\/countersign\.key/)
})

test('it makes its key, serves, is well by its own check, writes only to its volume, and ends when asked', {
  skip,
}, async () => {
  assert.equal(containers.run(['keys', 'create', '/data/countersign.key']).code, 0)
  const made = containers.run(['sites', 'create', 'acme', '--preset', 'erp'])
  assert.equal(made.code, 0, made.output)
  const port = await freePort()
  const [kind, ...check] = image.config.Healthcheck.Test
  assert.equal(kind, 'CMD')
  const running = await containers.start({
    COUNTERSIGN_LISTEN: `127.0.0.1:${port}`,
    COUNTERSIGN_ORIGIN: `http://127.0.0.1:${port}`,
  })
  assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200)
  // Its port is the one that everybody keeps; here another one is free.
  const healthy = check.map((each) => each.replace(':4180', `:${port}`))
  assert.equal(running.exec(healthy).code, 0)
  assert.notEqual(running.exec(check.map((each) => each.replace(':4180', ':1'))).code, 0)
  assert.equal((await fetch(`http://127.0.0.1:${port}/acme/login`)).status, 200)
  const tried = ['/countersign/x', '/x', '/data/x'].map((path) => running.exec(['node', '-e', write(path)]).output)
  assert.deepEqual(tried, ['EROFS', 'EROFS', 'written'])
  assert.equal(running.exec(['node', '-p', 'process.getuid() + ":" + process.getgid()']).output.trim(), '10001:10001')
  assert.equal(await running.stop(), 0)
})

function write(path: string): string {
  return `try { fs.writeFileSync('${path}', ''); process.stdout.write('written') } catch ({ code }) { process.stdout.write(code) }`
}
