import type { SiteId } from '#domain/id.ts'
import { applicationAt } from '#domain/host-pattern.ts'
import { seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { checkAccess } from './check-access.ts'

/** A browser is under way between two hosts for moments only. */
const CODE_LIFE = seconds(60)

export interface HandOver {
  readonly site: { readonly id: SiteId; readonly name: string }
  /** The session that the browser has at our own host; undefined: none. */
  readonly sessionToken: string | undefined
  /** The protected host, with its port if it has one, and the path there that the person wanted. */
  readonly host: string
  readonly path: string
  /** Digest of what the browser at the protected host can show of itself: the code is good for that browser only. */
  readonly visit: string
  readonly address: string | null
}

export type HandOverOutcome =
  /** The code that the protected host is told; it opens nothing by itself. */
  | { readonly kind: 'handed'; readonly code: string }
  /** No session, or none that is good there: sign in for this application first. */
  | { readonly kind: 'sign-in'; readonly application: string }
  /** No application of the site is at this host. */
  | { readonly kind: 'unlisted' }

/** What stands in a code. It is sealed to site, host and browser, so that nobody can make, move or alter one. */
interface Sealed {
  readonly digest: string
  readonly path: string
  readonly until: number
}

/** Lets the session of a browser be known at a protected host. What may go there is for the policy to say. */
export async function handOver(ports: Ports, order: HandOver): Promise<HandOverOutcome> {
  const { site, host } = order
  const file = await ports.store.siteFile(site.name)
  const application = file && applicationAt(file.applications, host)
  if (!application) return { kind: 'unlisted' }
  const wanted = { kind: 'sign-in', application: application.name } as const
  if (order.sessionToken === undefined) return wanted
  const access = await checkAccess(ports, {
    site: site.id,
    sessionToken: order.sessionToken,
    application: { host },
    address: order.address,
  })
  if (access.kind === 'refused') return wanted
  const sealed: Sealed = {
    digest: access.session.tokenDigest,
    path: order.path,
    until: ports.clock.now() + CODE_LIFE,
  }
  return {
    kind: 'handed',
    code: ports.vault.seal(Buffer.from(JSON.stringify(sealed)), codeFor(site.id, host, order.visit)),
  }
}

export interface TakenOver {
  /** For a cookie of the protected host. It is worth nothing at any other, and ends with the session. */
  readonly pass: string
  readonly path: string
}

/** At the protected host: the code becomes a pass there; null: it is not of this browser, this host, or this minute. */
export function takeOver(
  ports: Pick<Ports, 'vault' | 'clock'>,
  {
    site,
    host,
    code,
    visit,
  }: { readonly site: SiteId; readonly host: string; readonly code: string; readonly visit: string },
): TakenOver | null {
  const opened = openSealed(ports, code, codeFor(site, host, visit))
  if (opened === null) return null
  const { digest, path, until } = JSON.parse(opened) as Sealed
  if (ports.clock.now() >= until) return null
  return { pass: ports.vault.seal(Buffer.from(digest), passFor(site, host)), path }
}

/** The session that a pass stands for, by the digest of its token; null: it is no pass for this host. */
export function sessionOfPass(ports: Pick<Ports, 'vault'>, site: SiteId, host: string, pass: string): string | null {
  return openSealed(ports, pass, passFor(site, host))
}

function codeFor(site: SiteId, host: string, visit: string): string {
  return `hand-over:${site}:${host}:${visit}`
}

function passFor(site: SiteId, host: string): string {
  return `pass:${site}:${host}`
}

/** Unlike a secret in the database this text comes from outside: one that does not open is nobody's damage. */
function openSealed({ vault }: Pick<Ports, 'vault'>, text: string, boundTo: string): string | null {
  try {
    return Buffer.from(vault.open(text, boundTo)).toString()
  } catch (error) {
    if (error instanceof Error && error.name === 'CannotUnseal') return null
    throw error
  }
}
