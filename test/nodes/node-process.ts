import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { request as requestOverTls } from 'node:https'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { CERTIFICATE, PRIVATE_KEY } from '../contracts/courier-certificate.ts'

/** What a node is started with: the address people know, which is the load balancer's, and the database. */
export interface Installation {
  readonly folder: string
  readonly database: string
  readonly origin: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read what they expect and fail where it is not there
  readonly body: any
}

export interface Asked {
  readonly token?: string | undefined
  readonly body?: unknown
}

export interface NodeProcess {
  readonly port: number
  readonly child: ChildProcess
  /** `POST /login` of the site's API at this very node, past the load balancer. Rejects when the connection breaks. */
  ask(door: string, asked?: Asked): Promise<Answer>
  /** 200, 503, or 0 when nobody answers. */
  ready(): Promise<{ readonly status: number; readonly text: string }>
  /** Asks it to stop, and tells how it ended. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  readonly log: () => string
}

/** The key of `world.ts`, so that what is made there can be used here. */
export function writeKey(folder: string): void {
  const key = Uint8Array.from({ length: 32 }, (_, index) => index)
  writeFileSync(join(folder, 'key'), Buffer.from(key).toString('base64'), { mode: 0o600 })
}

/** `countersign serve` as a process of its own. */
export async function startNode(
  { folder, database, origin }: Installation,
  more: Readonly<Record<string, string>> = {},
  /** A program that becomes the node, like `prlimit --nofile=128`. */
  through: readonly string[] = [],
): Promise<NodeProcess> {
  const [program, ...words] = [...through, process.execPath, 'bin/countersign.mjs', 'serve']
  const child = spawn(program, words, {
    env: {
      ...process.env,
      NODE_TEST_CONTEXT: undefined,
      COUNTERSIGN_DATABASE: database,
      COUNTERSIGN_KEY_FILE: join(folder, 'key'),
      COUNTERSIGN_ORIGIN: origin,
      COUNTERSIGN_LISTEN: '127.0.0.1:0',
      COUNTERSIGN_TRUSTED_PROXIES: '127.0.0.1/32',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  let said = ''
  const ended = once(child, 'close')
  const started = new Promise<number>((done) => {
    child.stderr.on('data', (chunk) => {
      said += String(chunk)
      const port = /serving \S+ on 127\.0\.0\.1:(?<port>\d+)/.exec(said)?.groups?.['port']
      if (port !== undefined) done(Number(port))
    })
  })
  const port = await Promise.race([started, ended.then(() => undefined)])
  assert.ok(port !== undefined, `the node did not start: ${said}`)
  child.unref()
  for (const pipe of [child.stdout, child.stderr]) (pipe as unknown as Socket).unref()
  const agent = new Agent({ keepAlive: true })
  const call = (method: string, path: string, { token, body }: Asked = {}): Promise<Answer> =>
    new Promise((done, failed) => {
      const headers = {
        host: new URL(origin).host,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      }
      const sent = request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => (text += String(chunk)))
        response.on('error', failed).on('end', () => {
          const isJson = /json/.test(response.headers['content-type'] ?? '')
          const { statusCode: status = 0, headers: got } = response
          done({ status, headers: got, body: isJson ? (JSON.parse(text) as unknown) : text })
        })
      })
      sent.on('error', failed).end(body === undefined ? undefined : JSON.stringify(body))
    })
  return {
    port,
    child,
    ask(door, asked) {
      const [method = '', path = ''] = door.split(' ')
      return call(method, `/acme/api/v1${path}`, asked)
    },
    ready: () =>
      call('GET', '/readyz').then(
        ({ status, body }) => ({ status, text: String(body) }),
        () => ({ status: 0, text: '' }),
      ),
    async stop(signal = 'SIGTERM') {
      child.ref()
      child.kill(signal)
      const [code] = (await ended) as [number | null]
      agent.destroy()
      return code
    },
    log: () => said,
  }
}

/**
 * nginx before the nodes by the very file of `compose.yaml`; only addresses, the certificate and the folder of what is passing are others.
 * The port it listens on is chosen before the nodes start, because it is their origin.
 */
export async function startBalancer(folder: string, port: number, nodes: readonly number[]): Promise<ChildProcess> {
  writeFileSync(join(folder, 'certificate.pem'), CERTIFICATE)
  writeFileSync(join(folder, 'key.pem'), PRIVATE_KEY)
  const [one, two] = nodes
  const theirs = readFileSync('deploy/compose/nginx.conf', 'utf8')
  const ours = replacedOnce(theirs, [
    ['server one:4180', `server 127.0.0.1:${one}`],
    ['server two:4180', `server 127.0.0.1:${two}`],
    ['listen 8443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['worker_processes auto', 'worker_processes 1'],
  ])
    .replaceAll(/(?<=\s)\/tmp\//g, `${folder}/`)
    .replaceAll('/etc/nginx/tls/', `${folder}/`)
  // In its container nginx stays in front by an option of the image.
  writeFileSync(join(folder, 'nginx.conf'), `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off;\n${ours}`)
  const child = spawn('nginx', ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  process.once('exit', () => child.kill('SIGTERM'))
  let said = ''
  await new Promise<void>((done, failed) => {
    child.stderr.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('start worker process')) done()
    })
    child.once('close', () => failed(new Error(`nginx did not start: ${said}`)))
  })
  return child
}

function replacedOnce(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((done, [from, to]) => {
    assert.equal(done.split(from).length, 2, `"${from}" stands once in the file`)
    return done.replace(from, to)
  }, text)
}

/** The status of a request that goes the way of people: over TLS to nginx, and to whichever node. */
export async function throughBalancer(port: number, path: string, token?: string): Promise<number> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const sent = requestOverTls({ host: '127.0.0.1', port, path, headers, ca: CERTIFICATE, agent: false }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  return response.statusCode ?? 0
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  server.close()
  await once(server, 'close')
  return address.port
}
