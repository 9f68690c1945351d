import { nearest } from '#policy/nearest.ts'
import { parseNetwork } from '#policy/network.ts'
import { parseAddress, parseSiteAddresses } from '#domain/parse-addresses.ts'

interface Variable {
  readonly default: string | null
  readonly says: string
}

/** Every variable of the environment that is read, once; `docs/configuration.md` is made from it. */
export const VARIABLES = {
  COUNTERSIGN_DATABASE: {
    default: 'sqlite:./data/countersign.db',
    says: 'Where everything is kept: sqlite:PATH for one machine, postgres://user:password@host/database for any number of them.',
  },
  COUNTERSIGN_ORIGIN: {
    default: 'http://localhost:4180',
    says: 'Scheme, host and port under which people reach the server, and a path where it is not alone there (https://intranet.example.com/login). Links in mails are built from it and from nothing else.',
  },
  COUNTERSIGN_SITE_ADDRESSES: {
    default: '',
    says: 'Sites that people reach at an address of their own, separated by commas: acme=https://login.acme.example. All others are below COUNTERSIGN_ORIGIN.',
  },
  COUNTERSIGN_LISTEN: { default: '127.0.0.1:4180', says: 'Address and port to listen on, as HOST:PORT.' },
  COUNTERSIGN_KEY_FILE: {
    default: './data/countersign.key',
    says: 'File with the key of 32 bytes that secrets are sealed with; `countersign keys create FILE` makes one. Without it nothing starts.',
  },
  COUNTERSIGN_TRUSTED_PROXIES: {
    default: '',
    says: 'Networks of the reverse proxies whose X-Forwarded-For is believed, in CIDR notation, separated by commas. Empty: the header is ignored.',
  },
  COUNTERSIGN_SMTP_URL: {
    default: null,
    says: 'Mail server for every site without one of its own: smtps://user:password@host:465?from=address, or smtp:// for STARTTLS.',
  },
  COUNTERSIGN_CHANNEL_NETWORKS: {
    default: '',
    says: 'Private networks in which mail servers and SMS gateways of a site may stand, in CIDR notation, separated by commas. Without it, the channels of a site reach public addresses only; the mail server of COUNTERSIGN_SMTP_URL may stand anywhere.',
  },
  COUNTERSIGN_LOG_LEVEL: {
    default: 'info',
    says: 'How much is logged on standard error, as lines of JSON: error and warn say what went wrong inside, info also when the server starts and stops, requests also every request, without anything that was sent.',
  },
  COUNTERSIGN_NTP_SERVER: {
    default: null,
    says: 'Time server that `countersign doctor` compares the clock with, as HOST or HOST:PORT, such as pool.ntp.org. Without it nobody outside is asked.',
  },
  COUNTERSIGN_METRICS_FROM: {
    default: '127.0.0.0/8,::1/128',
    says: 'Networks from which /metrics may be read, in CIDR notation, separated by commas; to all others it does not exist. Empty: to nobody.',
  },
} as const satisfies Record<string, Variable>

const LOG_LEVELS = ['error', 'warn', 'info', 'requests'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Config {
  readonly database: string
  readonly origin: string
  readonly siteAddresses: ReadonlyMap<string, string>
  readonly listen: { readonly host: string; readonly port: number }
  readonly keyFile: string
  readonly trustedProxies: readonly string[]
  readonly smtpUrl: string | null
  readonly channelNetworks: readonly string[]
  readonly logLevel: LogLevel
  readonly metricsFrom: readonly string[]
  readonly ntpServer: { readonly host: string; readonly port: number } | null
}

export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  /** One sentence for each thing that is wrong; values are not repeated, since some are secrets. */
  | { readonly ok: false; readonly problems: readonly string[] }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the configuration. A variable that nobody knows stops the start: a misspelt security setting must not be ignored. */
export function parseConfig(environment: Environment): ParsedConfig {
  const problems: string[] = []
  const known = Object.keys(VARIABLES)
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('COUNTERSIGN_') || known.includes(name)) continue
    const meant = nearest(name, known)
    problems.push(`${name} is not a variable of Countersign${meant === undefined ? '' : `; did you mean ${meant}?`}`)
  }
  const value = (name: keyof typeof VARIABLES): string => environment[name] ?? VARIABLES[name].default ?? ''
  const origin = parseAddress(value('COUNTERSIGN_ORIGIN'))
  if (origin === undefined)
    problems.push('COUNTERSIGN_ORIGIN is not an address like https://login.example.com (no slash at the end)')
  const addresses = origin === undefined ? null : parseSiteAddresses(value('COUNTERSIGN_SITE_ADDRESSES'), origin)
  if (addresses?.ok === false) problems.push(`COUNTERSIGN_SITE_ADDRESSES ${addresses.problem}`)
  const listen = parseListen(value('COUNTERSIGN_LISTEN'))
  if (listen === undefined) problems.push('COUNTERSIGN_LISTEN is not HOST:PORT, like 127.0.0.1:4180')
  const networks = (name: keyof typeof VARIABLES): readonly string[] => {
    const list = value(name)
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '')
    if (!list.every((each) => parseNetwork(each) !== undefined))
      problems.push(`${name} is not a list of networks like 10.0.0.0/8,192.168.1.5`)
    return list
  }
  const trustedProxies = networks('COUNTERSIGN_TRUSTED_PROXIES')
  const channelNetworks = networks('COUNTERSIGN_CHANNEL_NETWORKS')
  const metricsFrom = networks('COUNTERSIGN_METRICS_FROM')
  const ntpServer = parseTimeServer(environment['COUNTERSIGN_NTP_SERVER'])
  if (ntpServer === undefined) problems.push('COUNTERSIGN_NTP_SERVER is not HOST or HOST:PORT')
  const logLevel = value('COUNTERSIGN_LOG_LEVEL')
  if (!isLogLevel(logLevel)) problems.push(`COUNTERSIGN_LOG_LEVEL is none of ${LOG_LEVELS.join(', ')}`)
  if (problems.length > 0 || !origin || !addresses?.ok || !listen || ntpServer === undefined || !isLogLevel(logLevel))
    return { ok: false, problems }
  const keyFile = value('COUNTERSIGN_KEY_FILE')
  const smtpUrl = environment['COUNTERSIGN_SMTP_URL'] ?? null
  return {
    ok: true,
    config: {
      database: value('COUNTERSIGN_DATABASE'),
      origin,
      siteAddresses: addresses.siteAddresses,
      listen,
      keyFile,
      trustedProxies,
      smtpUrl,
      channelNetworks,
      logLevel,
      metricsFrom,
      ntpServer,
    },
  }
}

/** 123 is the port of NTP; null: none is given, undefined: it is none. */
function parseTimeServer(text: string | undefined): Config['ntpServer'] | undefined {
  if (text === undefined || text === '') return null
  return parseListen(text.includes(':') ? text : `${text}:123`)
}

/** `127.0.0.1:4180`, `[::1]:4180`, `localhost:0`; port 0 is any free one. */
export function parseListen(text: string): Config['listen'] | undefined {
  const found = /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<host>[^:\s]+)):(?<port>\d{1,5})$/.exec(text)?.groups
  const host = found?.['v6'] ?? found?.['host']
  const port = Number(found?.['port'])
  return host !== undefined && port <= 65_535 ? { host, port } : undefined
}

function isLogLevel(text: string): text is Config['logLevel'] {
  return LOG_LEVELS.some((level) => level === text)
}

/** The manual of the environment, in Markdown. */
export function configurationManual(): string {
  const rows = Object.entries(VARIABLES).map(([name, { default: initial, says }]) => {
    return `| \`${name}\` | ${initial === null ? 'not set' : initial === '' ? 'empty' : `\`${initial}\``} | ${says} |`
  })
  return [
    '# Configuration',
    '',
    'The server is configured by its environment. An unknown `COUNTERSIGN_…` variable stops the start.',
    '',
    '| variable | default | meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
