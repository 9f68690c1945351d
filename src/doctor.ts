import { randomBytes } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemClock } from '#system/clock.ts'
import { askNtp } from '#system/ntp.ts'
import { readKeyFile } from '#system/key-file.ts'
import { impossibleTime } from '#system/possible-clock.ts'
import { ClockUnsafe } from '#system/watched-clock.ts'
import { examineKeys } from '#usecases/examine-keys.ts'
import { examineSite } from '#usecases/examine-site.ts'
import { fine, type Finding, warning, wrong } from '#usecases/finding.ts'
import { openHouse } from './app.ts'
import { type Config, parseConfig } from './config.ts'
import { MADE, packageVersion } from './version.ts'

export interface Examined {
  /** null: the whole installation. */
  readonly site: string | null
  readonly findings: readonly Finding[]
}

type Environment = Readonly<Record<string, string | undefined>>

/** Ten seconds away, a code of an app that is typed at the end of its half minute is refused. */
const MOST_OFF_MS = 10_000
const LEAST_FREE_BYTES = 200 * 1024 * 1024

/** Looks at everything that a server rests on, from the configuration to each site; what cannot be reached ends the walk there. */
export async function examine(environment: Environment): Promise<readonly Examined[]> {
  const parsed = parseConfig(environment)
  const first: Finding[] = [
    fine('version', `Countersign ${packageVersion()} on Node.js ${process.versions.node}.`),
    clock(),
  ]
  if (!parsed.ok) {
    const told = parsed.problems.map((says) =>
      wrong('configuration', says, 'docs/configuration.md lists the variables.'),
    )
    return [{ site: null, findings: [...first, ...told] }]
  }
  const { config } = parsed
  first.push(fine('configuration', 'Every variable is understood.'), ...(await comparedClock(config)))
  first.push(...reachable(config), await key(config))
  first.push(...(await disk(config)), await listening(config))
  const house = await openHouse(config, { migrate: false })
  if (house.kind === 'failed') {
    const todo = 'Mend that first; what lies behind it was not looked at.'
    return [{ site: null, findings: [...first, wrong('database', house.message, todo)] }]
  }
  try {
    const sites = await house.ports.store.sites()
    first.push(fine('database', `Up to date, with ${sites.length} sites.`), await examineKeys(house.ports))
    const examined: Examined[] = [{ site: null, findings: first }]
    for (const { name } of sites) examined.push({ site: name, findings: await examineSite(house.ports, name) })
    return examined
  } catch (error) {
    if (!(error instanceof ClockUnsafe)) throw error
    // The clock that counts can be the database's, and wrong where this machine's is right.
    const todo = 'Set the clock of this machine or of the database; the sites were not looked at.'
    return [{ site: null, findings: [...first, wrong('time', error.message, todo)] }]
  } finally {
    await house.close()
  }
}

function clock(): Finding {
  const now = new Date(systemClock.now())
  return impossibleTime(now.getTime(), MADE) !== null
    ? wrong(
        'clock',
        `It shows ${now.toISOString()}, which is before this version was made: no server that reads it becomes ready.`,
        'Set it, and keep it right with chrony or systemd-timesyncd.',
      )
    : fine('clock', `It shows ${now.toISOString()}.`)
}

/** Against a time server, where one is named: nobody outside is asked unbidden. */
async function comparedClock({ ntpServer }: Config): Promise<readonly Finding[]> {
  if (ntpServer === null) return []
  const answer = await askNtp(ntpServer, { now: () => Date.now(), nonce: randomBytes(8) })
  if (answer.kind === 'failed') {
    const todo = 'Check COUNTERSIGN_NTP_SERVER, and that UDP gets there and back.'
    return [warning('time server', `${ntpServer.host}: ${answer.why}`, todo)]
  }
  const off = `${(Math.abs(answer.ahead) / 1_000).toFixed(1)} seconds ${answer.ahead > 0 ? 'ahead of' : 'behind'}`
  const says = `The clock of this machine is ${off} ${ntpServer.host}.`
  const todo = 'Set it, and keep it right with chrony or systemd-timesyncd: codes of authenticator apps depend on it.'
  return [Math.abs(answer.ahead) > MOST_OFF_MS ? wrong('time server', says, todo) : fine('time server', says)]
}

function reachable({ origin, listen, trustedProxies }: Config): readonly Finding[] {
  const { protocol, hostname } = new URL(origin)
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  const found: Finding[] = []
  if (protocol === 'http:' && !here)
    found.push(
      warning(
        'origin',
        `${origin} is not encrypted: passkeys do not work, cookies have no __Host- protection, and whoever is on the way reads passwords.`,
        'Put a proxy with a certificate in front (docs/administration.md) and set COUNTERSIGN_ORIGIN to its https address.',
      ),
    )
  else found.push(fine('origin', `People reach it at ${origin}.`))
  const loopback = ['127.0.0.1', '::1', 'localhost'].includes(listen.host)
  if (protocol === 'https:' && trustedProxies.length === 0)
    found.push(
      warning(
        'proxy',
        'The server speaks http behind an https origin, and no proxy is trusted: every address in the audit log is the proxy’s own.',
        'Name the proxy in COUNTERSIGN_TRUSTED_PROXIES, such as 127.0.0.1/32.',
      ),
    )
  if (protocol === 'http:' && !loopback && here)
    found.push(
      warning(
        'listen',
        `It listens on ${listen.host}, and links lead to ${origin}, which is another machine for everybody else.`,
        'Set COUNTERSIGN_ORIGIN to the address that people type.',
      ),
    )
  return found
}

async function key({ keyFile }: Config): Promise<Finding> {
  const read = await readKeyFile(keyFile)
  if (read.kind === 'unreadable')
    return wrong('key', read.message, `countersign keys create ${keyFile} makes one, for a database that has none yet.`)
  return read.warning === undefined
    ? fine('key', `${keyFile} holds a key that nobody else can read.`)
    : warning('key', read.warning, `chmod 600 ${keyFile}`)
}

async function disk({ database }: Config): Promise<readonly Finding[]> {
  const path = /^sqlite:(?<path>(?!:memory:).+)$/.exec(database)?.groups?.['path']
  if (path === undefined) return []
  const free = await statfs(dirname(path)).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => undefined,
  )
  if (free === undefined) return []
  const megabytes = Math.floor(free / 1024 / 1024)
  return [
    free < LEAST_FREE_BYTES
      ? wrong('disk', `${megabytes} MB are left where the database is.`, 'Make room: a full disk lets nobody in.')
      : fine('disk', `${megabytes} MB are left where the database is.`),
  ]
}

/** Whether a server answers where this configuration would have one; none is nothing wrong by itself. */
async function listening({ listen }: Config): Promise<Finding> {
  const host = listen.host === '0.0.0.0' ? '127.0.0.1' : listen.host === '::' ? '[::1]' : listen.host
  const answer = await fetch(`http://${host}:${listen.port}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(
    () => undefined,
  )
  if (answer === undefined) return fine('server', `None answers at ${listen.host}:${listen.port}.`)
  const says = (await answer.text()).trim()
  return answer.ok
    ? fine('server', `One is ready at ${listen.host}:${listen.port}.`)
    : wrong('server', `The one at ${listen.host}:${listen.port} is not ready: ${says}`, 'Its log says more.')
}
