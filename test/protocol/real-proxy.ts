import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CERTIFICATE, PRIVATE_KEY } from '../contracts/courier-certificate.ts'

/** Where the proxy of an example finds what stands behind it. */
export interface Behind {
  readonly countersign: number
  readonly application: number
}

export interface RealProxy {
  readonly port: number
  stop(): Promise<void>
}

export type ProxyName = 'nginx' | 'caddy'

/** Runs an example's own file with the real proxy; only ports, addresses of ports and certificates are other ones. */
export async function startProxy(name: ProxyName, behind: Behind): Promise<RealProxy> {
  const folder = mkdtempSync(join(tmpdir(), `countersign-${name}-`))
  writeFileSync(join(folder, 'host.pem'), CERTIFICATE)
  writeFileSync(join(folder, 'host.key'), PRIVATE_KEY)
  const port = await freePort()
  const child = name === 'nginx' ? nginx(folder, port, behind) : caddy(folder, port, behind)
  const ended = once(child, 'close')
  const ready = name === 'nginx' ? 'start worker process' : 'serving initial configuration'
  const told = await Promise.race([said(child, ready), ended.then(() => 'ended')])
  assert.equal(told, 'ready', `${name} did not start: ${told}`)
  return {
    port,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function nginx(folder: string, port: number, behind: Behind): ChildProcess {
  const example = withPorts(readFileSync('examples/nginx/countersign.conf', 'utf8'), behind)
    .replaceAll('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replaceAll(/\/etc\/ssl\/countersign\/\w+\.(pem|key)/g, `${folder}/host.$1`)
  writeFileSync(join(folder, 'countersign.conf'), example)
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (each) => `${each}_temp_path ${folder}/${each};`,
  )
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const main = `${user} daemon off; pid ${folder}/pid; error_log stderr notice; worker_processes 1; events {}
    http { access_log off; ${places.join(' ')} include ${folder}/countersign.conf; }`
  writeFileSync(join(folder, 'nginx.conf'), main)
  return spawn('nginx', ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

function caddy(folder: string, port: number, behind: Behind): ChildProcess {
  const example = withPorts(readFileSync('examples/caddy/Caddyfile', 'utf8'), behind).replaceAll(
    /^((?:login|wiki)\.example\.com) \{$/gm,
    `https://$1:${port} {\n\ttls ${folder}/host.pem ${folder}/host.key`,
  )
  writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n}\n${example}`)
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const words = ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile']
  return spawn('caddy', words, { env, stdio: ['ignore', 'ignore', 'pipe'] })
}

function withPorts(example: string, { countersign, application }: Behind): string {
  return example
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${countersign}`)
    .replaceAll('127.0.0.1:9000', `127.0.0.1:${application}`)
}

/** `ready` once the program says so; what it said until then stays readable for a failed start. */
function said(child: ChildProcess, word: string): Promise<string> {
  let text = ''
  return new Promise((done) => {
    child.stderr?.on('data', (chunk) => {
      text += String(chunk)
      if (text.includes(word)) done('ready')
    })
    child.on('close', () => done(text))
    child.on('error', (error) => done(error.message))
  })
}

/** A port that nobody has at this moment: for what has to know its own address before it listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  server.close()
  await once(server, 'close')
  return address.port
}
