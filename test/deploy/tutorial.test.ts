import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { json } from 'node:stream/consumers'
import { test } from 'node:test'
import { renderMarkdown } from '../../scripts/docs/markdown.ts'
import { codeOf } from '../phone.ts'
import { without } from '../real-parts.ts'
import { installPackage } from './installed-package.ts'

const { code } = renderMarkdown(readFileSync('docs/tutorial.md', 'utf8'))
const commands = code.filter(({ info }) => info === 'sh tutorial').map(({ text }) => text)

test('the tutorial leads from an empty folder to a signed-in user behind nginx, by its commands as they stand there', {
  skip: without('nginx', 'curl', 'openssl'),
}, async (t) => {
  const { place } = installPackage()
  // nginx gives its worker to another user when root starts it, and that one has to get in.
  chmodSync(place, 0o755)
  const ports = { '8443': await freePort(), '4180': await freePort() }
  // Only the ports are other ones, so that this can run beside anything.
  const here = (text: string): string =>
    text.replaceAll(/8443|4180/g, (port) => String(ports[port as keyof typeof ports]))
  for (const { info, text } of code) {
    const [, file] = /^nginx (\S+)$/.exec(info) ?? []
    if (file !== undefined) writeFileSync(join(place, file), here(text))
  }
  const last = commands.at(-1) ?? ''
  const script = `set -euo pipefail\n${here(commands.slice(0, -1).join('\n'))}\necho; echo "tutorial: sign in"; read -r _\n${here(last)}\n`
  const shell = spawn('bash', ['-c', script], {
    cwd: place,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
      COUNTERSIGN_LISTEN: `127.0.0.1:${ports['4180']}`,
    },
  })
  const ended = once(shell, 'close')
  // The server that it started would hold the pipes open when a command failed.
  shell.once('exit', (code) => code !== 0 && endGroup(shell.pid))
  t.after(async () => {
    // Where all went well there is nobody left.
    endGroup(shell.pid)
    if (existsSync(join(place, 'nginx.pid'))) process.kill(Number(readFileSync(join(place, 'nginx.pid'), 'utf8')))
    await ended
    rmSync(place, { recursive: true, force: true })
  })
  let said = ''
  shell.stderr.on('data', (chunk) => (said += String(chunk)))
  const lines = createInterface({ input: shell.stdout })
  const reached = new Promise<boolean>((done) => {
    lines.on('line', (line) => {
      said += `${line}\n`
      if (line === 'tutorial: sign in') done(true)
    })
    lines.on('close', () => done(false))
  })
  assert.ok(await reached, said)
  assert.match(said, /root has to set up an authenticator first/)
  assert.match(said, /"status":"enrol"/)

  // What the person does with browser and phone.
  const ask = (path: string, token: string | null, body: unknown): Promise<Record<string, never>> =>
    asked({ port: ports['8443'], ca: readFileSync(join(place, 'localhost.pem'), 'utf8') }, path, token, body)
  const password = readFileSync(join(place, 'root.password'), 'utf8').trim()
  const { pending } = await ask('/login', null, { username: 'root', password })
  const { token } = pending as unknown as { token: string }
  const { secret } = await ask('/login/enrol', token, {})
  const { status, session } = await ask('/login/enrol/confirm', token, { code: codeOf(String(secret), Date.now()) })
  assert.equal(status, 'signed_in')
  assert.match((session as unknown as { token: string }).token, /^st_/)

  shell.stdin.write('go on\n')
  assert.deepEqual(await ended, [0, null], said)
})

async function asked(
  { port, ca }: { readonly port: number; readonly ca: string },
  path: string,
  token: string | null,
  body: unknown,
): Promise<Record<string, never>> {
  const headers = {
    'content-type': 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  }
  const sent = request({ host: 'localhost', port, path: `/acme/api/v1${path}`, method: 'POST', headers, ca })
  sent.end(JSON.stringify(body))
  const [response] = (await once(sent, 'response')) as [Parameters<typeof json>[0]]
  return (await json(response)) as Record<string, never>
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM')
  } catch {
    // It has ended by itself, as it should.
  }
}
