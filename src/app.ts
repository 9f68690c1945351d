import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { createAuditSink } from '#delivery/audit/sink.ts'
import { createCourier, type OpenCourier } from '#delivery/courier.ts'
import type { Mailbox } from '#delivery/captured.ts'
import { startPump } from '#delivery/pump.ts'
import { reachOf } from '#delivery/reach.ts'
import { smtpConfigFromUrl } from '#delivery/smtp-url.ts'
import { hours, minutes, seconds } from '#domain/time.ts'
import { forwardAuthHandlers, forwardAuthShortWays } from '#forward-auth/handlers.ts'
import { frappeHandlers } from '#frappe/handlers.ts'
import { openIdPages } from '#web/openid-pages.ts'
import { samlPages } from '#web/saml-pages.ts'
import { judgeOf } from '#forward-auth/judge.ts'
import { listen, type Room } from '#http/listen.ts'
import { createMetrics, type Metrics } from '#http/metrics.ts'
import { onFirstUse } from '#http/on-first-use.ts'
import { watchProcess } from '#http/process-gauges.ts'
import { type Answered, createServer, type HttpServer } from '#http/server.ts'
import type { Wire } from '#http/shortcut.ts'
import { inNetworks, networkTest } from '#policy/network.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { ServingNode } from '#ports/sealed-values.ts'
import type { Store } from '#ports/store.ts'
import { StoreUnavailable } from '#store/database.ts'
import { openStore } from '#store/open.ts'
import { argon2Hasher } from '#system/argon2.ts'
import { systemClock } from '#system/clock.ts'
import { createKeyFile, readKeyFile } from '#system/key-file.ts'
import { lastResort } from '#system/last-resort.ts'
import { withMovedHashes } from '#system/moved-hashes.ts'
import { openPasswords } from '#system/passwords.ts'
import { createPatience } from '#system/patience.ts'
import { systemRandom } from '#system/random.ts'
import { possibleClock } from '#system/possible-clock.ts'
import { sharedClock, type WatchedClock, watchedClock } from '#system/watched-clock.ts'
import { announceNode } from '#usecases/announce-node.ts'
import { agreeOnEnvironment } from '#usecases/agree-on-environment.ts'
import { setServerChannel } from '#usecases/channels.ts'
import { dropKeptRequests } from '#usecases/drop-kept-requests.ts'
import { dispatchDelivery } from '#usecases/dispatch-delivery.ts'
import { purgeAudits } from '#usecases/purge-audits.ts'
import { removeDueChannels } from '#usecases/remove-due-channels.ts'
import { remindOfBypasses } from '#usecases/remind-of-bypass.ts'
import { sealAudits } from '#usecases/seal-audits.ts'
import { shipAudit } from '#usecases/ship-audit.ts'
import { takeReceipt } from '#usecases/take-receipt.ts'
import { assets, passkeyScript } from '#web/assets.ts'
import { CONSOLE } from '#web/console.ts'
import { errorPage, webHandlers } from '#web/handlers.ts'
import { openPasskeys } from '#webauthn/passkeys.ts'
import type { Config } from './config.ts'
import { unlock } from './unlock.ts'
import { MADE, ofThisVersion, packageVersion } from './version.ts'

/** The ports of this process, put together from its adapters; everything it opened is closed by `close`. */
export interface House {
  readonly ports: Ports
  /** Figures of this process; what is committed over `ports` is counted in them. */
  readonly metrics: Metrics
  /** Looks whether requests can be served: null, or the sentence that says why not. Asked again and again while the server runs. */
  readonly trouble: () => Promise<string | null>
  readonly close: () => Promise<void>
}

export type OpenedHouse = ({ readonly kind: 'open' } & House) | { readonly kind: 'failed'; readonly message: string }

export interface HouseOptions {
  readonly migrate?: boolean
  /** The demo's. */
  readonly mailbox?: Mailbox
  /** The demo makes its key and the folder for it; a server never makes a key by itself. */
  readonly makeKey?: boolean
  /** Told of what went wrong where nobody waited any more. */
  readonly report?: (error: unknown) => void
}

/**
 * A page says within this time where the code went, in milliseconds: the longest wait for one SMS gateway (10 seconds) and the start
 * of the email that follows are shorter.
 */
const PERSON_WAITS = 11_000

const ANNOUNCE_EVERY = seconds(4)

/** Opens the database and the key. What the operator can mend comes back as one sentence. */
export async function openHouse(config: Config, options: HouseOptions = {}): Promise<OpenedHouse> {
  if (options.makeKey) await mkdir(dirname(config.keyFile), { recursive: true, mode: 0o700 })
  if (options.makeKey) await createKeyFile(config.keyFile, systemRandom)
  const read = await readKeyFile(config.keyFile)
  if (read.kind === 'unreadable') return { kind: 'failed', message: read.message }
  try {
    const store = await openStore(config.database, systemRandom, { migrate: options.migrate ?? true })
    const unlocked = await unlock(store, { keys: read.keys, keyFile: config.keyFile, random: systemRandom })
    if (unlocked.kind === 'failed') {
      await store.close()
      return unlocked
    }
    const { vault, pepper } = unlocked
    const passwords = await openPasswords(withMovedHashes(argon2Hasher({ random: systemRandom, pepper })))
    const clock = possibleClock(await watchedClockOf(store), MADE)
    const patience = createPatience(PERSON_WAITS, options.report ?? (() => {}))
    const courier: OpenCourier = createCourier({
      ...(options.mailbox ? { mailbox: options.mailbox } : {}),
      reach: reachOf(config.channelNetworks),
      onReceipt: (receipt) => void patience.wait(takeReceipt(ports, receipt)).catch(options.report ?? (() => {})),
    })
    const metrics = createMetrics()
    const ports: Ports = {
      store: counting(store, metrics),
      clock,
      random: systemRandom,
      vault,
      passwords,
      passkeys: openPasskeys(),
      courier,
      auditSink: createAuditSink(),
      patience: patience.wait,
      origin: config.origin,
      siteAddresses: config.siteAddresses,
    }
    const environment = vault.digest(JSON.stringify([config.origin, [...config.siteAddresses], config.smtpUrl]))
    const shared = (await store.time()) !== null
    const node = servingNode(ports, config)
    const trouble = async (): Promise<string | null> => {
      await clock.check()
      const wrong = clock.trouble() ?? (await node.announce())
      if (wrong !== null || !shared) return wrong
      return (await agreeOnEnvironment(ports, environment)) ? null : OTHER_ENVIRONMENT
    }
    const close = async (): Promise<void> => {
      courier.close()
      await patience.end()
      await node.forget()
      await store.close()
    }
    return { kind: 'open', ports, metrics, trouble, close }
  } catch (error) {
    if (error instanceof StoreUnavailable) return { kind: 'failed', message: error.message }
    throw error
  }
}

const OTHER_ENVIRONMENT =
  'COUNTERSIGN_ORIGIN, COUNTERSIGN_SITE_ADDRESSES or COUNTERSIGN_SMTP_URL of this node differ from those of the nodes that are running.'

/**
 * What this process says of itself to whoever changes the key: at its first look, and then no more often than the looks of a server come,
 * because `/readyz` asks for one each.
 */
function servingNode(ports: Ports, { listen: at }: Config) {
  const self = {
    id: Buffer.from(ports.random.bytes(8)).toString('hex'),
    name: `${hostname()}:${at.port} (${process.pid})`,
  }
  let told: ServingNode | null = null
  let wrong: string | null = null
  return {
    announce: async (): Promise<string | null> => {
      if (told !== null && ports.clock.now() < told.seenAt + ANNOUNCE_EVERY) return wrong
      return (wrong = await announceNode(ports, self, told, (said) => (told = said)))
    },
    /** Only what served is known to anybody. */
    forget: async (): Promise<void> => {
      if (told !== null) await ports.store.forgetNode(self.id)
    },
  }
}

/** The database's clock, where nodes share one, else the machine's. */
async function watchedClockOf(store: Store): Promise<WatchedClock> {
  const clocks = { wall: () => systemClock.now(), steady: () => performance.now() }
  const ask = async (): Promise<Instant> => (await store.time()) ?? systemClock.now()
  return (await store.time()) === null ? watchedClock(clocks) : sharedClock(ask, clocks)
}

/** The server's own channels as the environment gives them; a sentence says what is wrong with them. */
export async function setDeploymentChannels(ports: Ports, { smtpUrl }: Config): Promise<string | null> {
  if (smtpUrl === null) return null
  const parsed = smtpConfigFromUrl(smtpUrl)
  if (!parsed.ok) return `COUNTERSIGN_SMTP_URL cannot be used: ${parsed.problem}`
  return setServerChannel(ports, 'email', parsed.config)
}

export interface Server {
  readonly port: number
  /** Finishes what is under way, then stops. */
  readonly close: () => Promise<void>
}

export interface ServerOptions {
  readonly config: Config
  /** Told of everything that went wrong inside. */
  readonly report: (error: unknown, requestId: string) => void
  readonly metrics?: Metrics
  /** Told of every request, for the log. */
  readonly observe?: (answered: Answered) => void
  /** What `/readyz` says: null, or why requests cannot be served now. */
  readonly trouble?: () => Promise<string | null>
  /** The demo's addresses. */
  readonly extra?: (request: Request) => Promise<Response | undefined>
}

/** The server without its socket: every interface over one set of ports. */
export function createApp(
  ports: Ports,
  { config, report, trouble, extra, metrics, observe }: ServerOptions,
): HttpServer {
  const gauges = watchProcess(packageVersion())
  const files = [assets(), passkeyScript()]
  const judge = judgeOf(ports)
  const later = ofThisVersion()
  return createServer({
    origin: ports.origin,
    ...(ports.siteAddresses && { siteAddresses: ports.siteAddresses }),
    findSite: (name) => ports.store.site(name),
    handlers: {
      ...webHandlers(ports),
      ...onFirstUse('api', async () => (await later(() => import('#api/handlers.ts'))).apiHandlers(ports)),
      ...forwardAuthHandlers(ports, judge),
      ...frappeHandlers(ports),
      ...onFirstUse('oidc', async () =>
        (await later(() => import('#openid/handlers.ts'))).openIdHandlers(ports, openIdPages),
      ),
      ...onFirstUse('saml', async () =>
        (await later(() => import('#saml/handlers.ts'))).samlHandlers(ports, samlPages),
      ),
    },
    shortWays: forwardAuthShortWays(ports, judge),
    errorPage,
    extra: async (request, pathname) => {
      if (request.method !== 'GET' || !pathname.startsWith('/assets/')) return extra?.(request)
      const file = files.find(({ path }) => path === pathname)
      if (file) return file.response()
      return CONSOLE.file(pathname, request.headers.get('accept-encoding') ?? '')
    },
    ready: async () => {
      await ports.store.sites()
      const wrong = (await trouble?.()) ?? null
      return { ok: wrong === null, detail: wrong ?? 'ready' }
    },
    home: async () => {
      const sites = await ports.store.sites()
      return sites.length === 1 ? sites[0]?.name : undefined
    },
    trustedProxies: networkTest(config.trustedProxies),
    random: ports.random,
    report,
    observe: (answered) => {
      const door = answered.door ?? 'none'
      metrics?.count('countersign_http_requests_total', { door, status: `${Math.floor(answered.status / 100)}xx` })
      metrics?.took('countersign_http_request_seconds', { door }, answered.milliseconds / 1_000)
      observe?.(answered)
    },
    ...(metrics && {
      metrics: {
        readableFrom: (address) => inNetworks(address, config.metricsFrom),
        text: () => metrics.text(gauges()),
      },
    }),
  })
}

/** Counts what is committed: an event in an audit log is an event on a dashboard. */
function counting(store: Store, metrics: Metrics): Store {
  return {
    ...store,
    async commit(writes) {
      const outcome = await store.commit(writes)
      if (outcome === 'conflict') metrics.count('countersign_conflicts_total', {})
      else for (const { ev } of writes.events) metrics.count('countersign_events_total', { event: ev })
      return outcome
    },
  }
}

/** What is served once the port is known: with port 0 the origin, and with it every link, depends on it. */
export interface Serving {
  readonly app: HttpServer
  readonly ports: Ports
}

/** Opens the socket, and picks up messages whose request could not finish them. */
export async function startServer(
  at: Config['listen'],
  serve: (port: number) => Serving,
  report: ServerOptions['report'],
  trouble: () => Promise<string | null> = () => Promise.resolve(null),
  room?: Room,
): Promise<Server> {
  const serving = Promise.withResolvers<Serving>()
  let open: Serving | undefined
  const answers = {
    fetch: async (request: Request, peer?: string) => (await serving.promise).app.fetch(request, peer),
    short: (wire: Wire) => open?.app.short(wire) ?? null,
  }
  const failed = lastResort((error) => report(error, 'connection'), { end: () => {}, steady: () => performance.now() })
  const listening = await listen(answers, at, { ...(room && { room }), failed })
  open = serve(listening.port)
  const { ports } = open
  serving.resolve(open)
  const pump = startPump({
    due: (query) => ports.store.dueDeliveries({ now: ports.clock.now(), ...query }),
    deliver: async (id) => {
      const now = ports.clock.now()
      if (await ports.store.claimDelivery(id, { now, until: now + seconds(60) })) await dispatchDelivery(ports, id)
    },
    every: (milliseconds, tick) => {
      const timer = setInterval(tick, milliseconds)
      return () => clearInterval(timer)
    },
    report: (error) => report(error, 'pump'),
  })
  const stopReminding = again(
    hours(1),
    () => remindOfBypasses(ports),
    (error) => report(error, 'reminder'),
  )
  const stopSealing = again(
    seconds(5),
    () => sealAudits(ports),
    (error) => report(error, 'audit'),
  )
  const stopShipping = again(
    seconds(5),
    () => shipAudit(ports),
    (error) => report(error, 'audit'),
  )
  const stopLooking = again(seconds(5), tellingOnce(trouble, report), (error) => report(error, 'readiness'))
  const stopPurging = again(
    hours(1),
    () => purgeAudits(ports),
    (error) => report(error, 'retention'),
  )
  const stopRemoving = again(
    minutes(1),
    () => removeDueChannels(ports),
    (error) => report(error, 'removal'),
  )
  const stopDropping = again(
    hours(1),
    () => dropKeptRequests(ports),
    (error) => report(error, 'keeping'),
  )
  return {
    port: listening.port,
    close: async () => {
      await listening.close()
      await stopLooking()
      await stopReminding()
      await stopPurging()
      await stopRemoving()
      await stopDropping()
      await stopSealing()
      await stopShipping()
      await pump.stop()
    },
  }
}

/** What is wrong is reported when it begins, not at every look. */
function tellingOnce(trouble: () => Promise<string | null>, report: ServerOptions['report']): () => Promise<void> {
  let told: string | null = null
  return async () => {
    const wrong = await trouble()
    if (wrong !== null && wrong !== told) report(new Error(wrong), 'readiness')
    told = wrong
  }
}

/** Does something now and again. What goes wrong is reported, and the next time comes. Ending it waits for what is under way. */
function again(every: number, work: () => Promise<unknown>, report: (error: unknown) => void): () => Promise<void> {
  let underWay: Promise<void> | undefined
  const tick = (): void => {
    underWay ??= work()
      .then(() => undefined, report)
      .finally(() => {
        underWay = undefined
      })
  }
  const timer = setInterval(tick, every)
  tick()
  return async () => {
    clearInterval(timer)
    await underWay
  }
}

/** Whether a server could not start because somebody else has its address. */
export function addressTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
