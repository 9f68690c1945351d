/** Who may stand on whom. A new folder in `src` needs a line here, and a reason. */
export type Floor = {
  /** Floors this one may import, always as `#floor/file.ts`. */
  readonly on: readonly string[]
  /** Floors of which it may import types only. */
  readonly types?: readonly string[]
  /** Packages and parts of Node.js it may import. A name with a list: only these exports of it. */
  readonly outside: Readonly<Record<string, 'all' | readonly string[]>>
  /** No clock, chance, environment or output of its own: they come in by argument, so that a test can hold them still. */
  readonly pure: boolean
}

const HASHES = { 'node:crypto': ['hash', 'createHash', 'createHmac', 'timingSafeEqual'] } as const
const SIGNATURES = {
  'node:crypto': [...HASHES['node:crypto'], 'createPrivateKey', 'createPublicKey', 'sign', 'verify'],
} as const
const FILES = { 'node:fs': 'all', 'node:fs/promises': 'all', 'node:path': 'all', 'node:url': 'all' } as const
/** Connections of our own making: what is connected to has been judged before. */
const NETWORK = { 'node:dns/promises': 'all', 'node:http': 'all', 'node:net': 'all', 'node:tls': 'all' } as const
const WEB = { hono: 'all' } as const

const MIND = ['domain', 'policy', 'challenge', 'authenticators', 'audit']
const INSIDE = [...MIND, 'csv', 'moving', 'ports', 'usecases']
const ADAPTER = [...MIND, 'ports']
const INTERFACE = [...INSIDE, 'http']

export const FLOORS: Readonly<Record<string, Floor>> = {
  domain: { on: [], outside: {}, pure: true },
  policy: { on: ['domain'], outside: { zod: 'all', 'libphonenumber-js': 'all' }, pure: true },
  challenge: { on: ['domain'], outside: {}, pure: true },
  authenticators: { on: ['domain'], outside: HASHES, pure: true },
  audit: { on: ['domain', 'policy', 'challenge'], outside: SIGNATURES, pure: true },
  ports: { on: MIND, outside: {}, pure: true },
  /** Tables as text, for whoever exports one or takes one in. */
  csv: { on: [], outside: { 'csv-parse': 'all' }, pure: true },
  /** What other systems write out, read as users and authenticators of ours. */
  moving: {
    on: ['domain', 'authenticators', 'csv'],
    outside: { 'node:crypto': ['createDecipheriv', 'createHmac', 'pbkdf2Sync', 'timingSafeEqual'] },
    pure: true,
  },
  usecases: { on: [...MIND, 'csv', 'moving', 'ports'], outside: { 'node:crypto': ['X509Certificate'] }, pure: true },

  store: {
    on: ADAPTER,
    outside: { 'node:sqlite': 'all', pg: 'all', 'node:timers/promises': 'all', ...HASHES, ...FILES },
    pure: false,
  },
  /** Passkeys, behind a port: a protocol with many checks, and a library that makes them. */
  webauthn: { on: ADAPTER, outside: { '@simplewebauthn/server': 'all', zod: 'all' }, pure: false },
  delivery: {
    on: ADAPTER,
    outside: {
      nodemailer: 'all',
      smpp: 'all',
      zod: 'all',
      'node:dgram': 'all',
      ...NETWORK,
      ...HASHES,
      ...FILES,
    },
    pure: false,
  },
  system: {
    on: ADAPTER,
    outside: {
      'node:crypto': 'all',
      'node:dgram': 'all',
      'node:dns/promises': 'all',
      'node:os': 'all',
      'node:util': 'all',
      'node:v8': ['getHeapStatistics'],
      '@node-rs/argon2': 'all',
      ...FILES,
    },
    pure: false,
  },

  http: {
    on: ['domain'],
    types: ['audit', 'ports'],
    outside: {
      ...WEB,
      '@hono/node-server': 'all',
      uqr: 'all',
      'node:http': 'all',
      'node:net': 'all',
      'node:perf_hooks': 'all',
      ...HASHES,
    },
    pure: false,
  },
  web: { on: INTERFACE, outside: { ...WEB, uqr: 'all', ...FILES }, pure: false },
  api: { on: INTERFACE, outside: { ...WEB, uqr: 'all', zod: 'all' }, pure: false },
  cli: {
    on: INTERFACE,
    outside: {
      commander: 'all',
      uqr: 'all',
      zod: 'all',
      'node:util': 'all',
      'node:readline': 'all',
      'node:readline/promises': 'all',
      'node:zlib': 'all',
      'node:process': 'all',
      ...FILES,
    },
    pure: false,
  },
  'forward-auth': { on: INTERFACE, outside: WEB, pure: false },
  openid: {
    on: INTERFACE,
    outside: {
      'oidc-provider': 'all',
      'node:async_hooks': ['AsyncLocalStorage'],
      'node:crypto': ['createHash', 'generateKeyPair', 'timingSafeEqual'],
      'node:http': 'all',
      'node:net': 'all',
      'node:util': 'all',
    },
    pure: false,
  },
  saml: { on: INTERFACE, outside: { '@node-saml/node-saml': 'all' }, pure: false },
  frappe: { on: INTERFACE, outside: WEB, pure: false },
}

/** Files that stand in `src` itself: `app.ts`, and `demo.ts` on top of it, are what knows both the adapters and the interfaces. */
export const ROOT_FILES: Readonly<Record<string, readonly string[] | 'everything'>> = {
  'app.ts': 'everything',
  'demo.ts': 'everything',
  'doctor.ts': 'everything',
  'keeping.ts': 'everything',
  'main.ts': 'everything',
  'config.ts': ['domain', 'policy'],
  'unlock.ts': ['ports', 'system', 'usecases'],
  'version.ts': [],
}

/** What a pure floor would need a reason to be exempt from; there is none so far. */
export const IMPURE: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'the clock',
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(|\bperformance\b|\bhrtime\b|\bTemporal\.Now\b/,
  },
  {
    what: 'chance',
    pattern: /\bMath\.random\b|\brandom(?:Bytes|UUID|Int|Fill)\w*\b|\bgetRandomValues\b|(?<!node:)\bcrypto\./,
  },
  { what: 'a timer', pattern: /\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b|\bnextTick\b/ },
  { what: 'the environment', pattern: /\bprocess\b|\bglobalThis\b|\bimport\.meta\b/ },
  { what: 'output', pattern: /\bconsole\b|\bfetch\(/ },
  { what: 'code made at run time', pattern: /\beval\(|\bnew Function\(|\brequire\(/ },
]

export const NO_SUCH_NAME = /^(?:index|utils?|helpers?|common|misc|shared)$/
