import type { Party } from '#audit/event.ts'
import { DEFAULT_APPLICATION } from '#domain/application.ts'
import type { ApiKey } from '#domain/api-key.ts'
import { type Right, type Rights, rightsOfRoles, withImplied } from '#domain/rights.ts'
import type { Call } from '#http/call.ts'
import { cookieNames } from '#http/cookies.ts'
import { meansIt } from '#http/guards.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { userParty } from '#usecases/act.ts'
import { KEY_PREFIX } from '#usecases/api-keys.ts'
import { type Access, checkAccess } from '#usecases/check-access.ts'
import { denyAccess } from '#usecases/deny-access.ts'
import { showApiKey } from '#usecases/show-api-key.ts'

export type Caller =
  | { readonly kind: 'session'; readonly by: 'cookie' | 'bearer'; readonly access: Access }
  | { readonly kind: 'api-key'; readonly key: ApiKey; readonly person: PersonFile | null }

export type Knock =
  | { readonly kind: 'known'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly response: Response }

/**
 * Who is calling: the holder of a session or of an API key. `application`: what a session must be good for; null: itself alone, as it
 * was opened.
 */
export async function findCaller(ports: Ports, call: Call, application: string | null): Promise<Knock> {
  const shown = credentials(call.request)
  const cookie = call.cookies.get(cookieNames(call.site.name, ports.origin).session)
  if (shown !== null && cookie !== undefined) return refuse(call, 'ambiguous_credentials')
  if (shown?.startsWith(KEY_PREFIX)) {
    const access = await showApiKey(ports, { site: call.site.id, text: shown, origin: call.origin })
    switch (access.kind) {
      case 'granted':
        return { kind: 'known', caller: { kind: 'api-key', key: access.key, person: access.person } }
      case 'refused':
        return refuse(call, 'unauthenticated', 'This API key opens nothing here.')
      case 'throttled': {
        const { retryAt } = access
        const told = { retryAt, now: ports.clock.now(), requestId: call.origin.request }
        return { kind: 'refused', response: problem('key_throttled', told) }
      }
      case 'busy':
        return refuse(call, 'busy')
    }
  }
  const sessionToken = shown ?? cookie
  if (!sessionToken) return refuse(call, 'unauthenticated')
  if (shown === null && changes(call.request) && !meansIt(call.request, call.site.address)) {
    const detail =
      'With a cookie, a change needs the header X-Countersign: 1 and has to come from a page of this server.'
    return refuse(call, 'cross_origin', detail)
  }
  const access = await checkAccess(ports, {
    site: call.site.id,
    sessionToken,
    application,
    address: call.origin.address,
  })
  if (access.kind === 'granted')
    return { kind: 'known', caller: { kind: 'session', by: shown === null ? 'cookie' : 'bearer', access } }
  const again =
    access.why === 'asked-again'
      ? 'The session needs a new second factor. Sign in again.'
      : 'There is no such session, or not any more.'
  return refuse(call, 'unauthenticated', again)
}

/** What the caller may do now: by the roles of today, or by the scopes the key was made with. */
export function rightsOf(caller: Caller): Rights {
  return caller.kind === 'session' ? rightsOfRoles(caller.access.roles) : withImplied(caller.key.scopes)
}

/** Only a caller with this right comes through. That another one was refused is written down. */
export async function findCallerWith(ports: Ports, call: Call, right: Right, door: string): Promise<Knock> {
  // Administration is a part of the main application: a session for another one, which may ask for less, does not open it.
  const knock = await findCaller(ports, call, DEFAULT_APPLICATION)
  if (knock.kind === 'refused' || rightsOf(knock.caller).has(right)) return knock
  const { site, origin } = call
  const actor = partyOf(knock.caller)
  const denial = { site: site.id, actor, origin, door, right, reason: 'right', subject: null } as const
  if ((await denyAccess(ports, denial)) === 'busy') return refuse(call, 'busy')
  const wanted = knock.caller.kind === 'session' ? 'This needs the right' : 'The API key lacks the scope'
  return refuse(call, 'forbidden', `${wanted} ${right}.`)
}

/** The token of the session that was shown, if one was. */
export function sessionToken(ports: Ports, call: Call): string | undefined {
  return credentials(call.request) ?? call.cookies.get(cookieNames(call.site.name, ports.origin).session)
}

/** The token of a pending login; undefined: none was shown. */
export function pendingToken(call: Call): string | undefined {
  const shown = credentials(call.request)
  return shown?.startsWith('pt_') ? shown : undefined
}

export function refusePending(call: Call): Response {
  const detail = 'The token of the pending login is needed: Authorization: Bearer pt_…'
  return problem('unauthenticated', { detail, requestId: call.origin.request })
}

/** Addresses end up in logs and histories: whoever shows a token in one has shown it to others too. */
export function tokenInAddress(url: URL): boolean {
  return [...url.searchParams.values()].some((value) => /^(?:cs_live|st|pt|dt)_/.test(value))
}

/** The caller as the audit log names it. */
export function partyOf(caller: Caller): Party {
  if (caller.kind === 'session') return userParty(caller.access.user)
  const { id, name } = caller.key
  return { type: 'api_key', id, name }
}

/**
 * The token in the Authorization header; '' for one that is there and cannot be read. Clients of Frappe write `token key:secret`,
 * where the secret is the whole of a key of ours and what stands before the colon is its name, which says nothing new.
 */
function credentials(request: Request): string | null {
  const header = request.headers.get('authorization')
  if (header === null) return null
  const { scheme = '', token = '' } = /^(?<scheme>\S+) +(?<token>\S+)$/.exec(header)?.groups ?? {}
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return token
    case 'token': {
      const secret = token.slice(token.lastIndexOf(':') + 1)
      return secret.startsWith(KEY_PREFIX) ? secret : ''
    }
    default:
      return ''
  }
}

/** Whether a request is meant to change something. */
export function changes({ method }: Request): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

function refuse(
  call: Call,
  code: 'unauthenticated' | 'forbidden' | 'cross_origin' | 'ambiguous_credentials' | 'busy',
  detail?: string,
): Knock {
  return { kind: 'refused', response: problem(code, { detail, requestId: call.origin.request }) }
}
