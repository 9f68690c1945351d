import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { PRESET_NAMES } from '#policy/presets.ts'
import { without } from '../real-parts.ts'
import { type DemoProcess, startDemoProcess } from './demo-process.ts'

const skip = without('curl', 'jq', 'oathtool')

let demo: DemoProcess
before(async () => {
  if (skip === false) demo = await startDemoProcess()
})
after(() => demo?.stop())

async function run(preset: string): Promise<{ readonly code: number | null; readonly out: string }> {
  const child = spawn('sh', [`examples/presets/${preset}.sh`], {
    env: {
      ...process.env,
      ...demo.environment,
      NODE_TEST_CONTEXT: undefined,
      ORIGIN: demo.origin,
      COUNTERSIGN: `${process.execPath} bin/countersign.mjs`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out }
}

const SAID: Readonly<Record<(typeof PRESET_NAMES)[number], readonly RegExp[]>> = {
  manufacturing: [/The second time: signed_in, because of remembered_device/, /Signed in at factory as ada/],
  scheduling: [/^bob: signed_in, because of not_required$/m, /^Signed in at agenda as ada$/m],
  erp: [/^otpauth:\/\/totp\/Books%20Ltd/m, /^Signed in at books as sam$/m],
  fleet: [/^manager: signed_in, because of not_required$/m, /^kim .* 1 +0 +0 +0$/m, /^Signed in at trucks as kim$/m],
  retail: [/^till has to set up an authenticator first/m, /^Signed in at shop as till$/m],
}

for (const preset of PRESET_NAMES)
  test(`the example of ${preset} goes from an empty site to a signed-in user by command line and API alone`, {
    skip,
  }, async () => {
    const { code, out } = await run(preset)
    assert.equal(code, 0, out)
    for (const words of SAID[preset]) assert.match(out, words)
  })
