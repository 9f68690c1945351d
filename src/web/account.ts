import { cookieNames } from '#http/cookies.ts'
import type { Handler } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { recoveryLeft } from '#usecases/facts.ts'
import { heldBy } from '#usecases/held.ts'
import { addressesThatWait } from '#usecases/prove-address.ts'
import { endSession } from '#usecases/sessions.ts'
import { withCarried } from './carried.ts'
import { frameOf } from './frame.ts'
import { mustMakeCodes } from './own-recovery.ts'
import type { Done } from './own-step.ts'
import { accountPage } from './pages/account-page.ts'
import { ownThings } from './pages/own-things.ts'
import { respond, seeOther } from './respond.ts'
import { clearSession } from './sign-in-form.ts'
import type { Texts } from './texts/texts.ts'

/** Rows of a list on the account page. */
const SHOWN = 50

/** Who is signed in, and how it was proved. Without a session the login page leads back here. */
export function showAccount(ports: Ports): Handler {
  return async (call) => {
    const { site } = call
    const sessionToken = call.cookies.get(cookieNames(site.name, ports.origin).session)
    const login = withCarried(`${site.path}/login`, { next: `${site.path}/account` })
    if (!sessionToken) return seeOther(login)
    const access = await checkAccess(ports, {
      site: site.id,
      sessionToken,
      application: null,
      address: call.origin.address,
    })
    if (access.kind === 'refused') return seeOther(login)
    const { session, user, file, expiresAt } = access
    if (mustMakeCodes(file)) return seeOther(`${site.path}/account/recovery`)
    const frame = frameOf(call, { user: user.language, site: file.settings['site.language'] })
    const { notice, problem } = saidOf(frame.texts, call.url.searchParams.get('done'))
    const now = ports.clock.now()
    const open = await ports.store.sessions(site.id, { user: user.id, now, before: null, limit: SHOWN })
    const things = ownThings({
      ...frame,
      held: heldBy(file),
      waiting: await addressesThatWait(ports, user, now),
      recoveryLeft: recoveryLeft(file),
      usedRecovery: session.evidence.some(({ kind }) => kind === 'recovery'),
      devices: await ports.store.devices(site.id, { user: user.id, before: null, limit: SHOWN }),
      sessions: open.map((each) => each.session),
      own: session.id,
    })
    const page = accountPage({
      ...frame,
      notice,
      problem,
      things,
      person: user.displayName || user.username,
      username: user.username,
      application: file.applications.find(({ name }) => name === session.application)?.title ?? session.application,
      session,
      expiresAt,
    })
    return respond(page, 200)
  }
}

/** Ends the session of this browser, also one that would be asked again before it may go on. */
export function postLogout(ports: Ports): Handler {
  return async (call) => {
    const { site } = call
    const token = call.cookies.get(cookieNames(site.name, ports.origin).session)
    const file = token ? await ports.store.sessionFile(site.id, ports.vault.digest(token), ports.clock.now()) : null
    if (file && file.session.endedAt === null) await endSession(ports, file.session, file.user, call.origin)
    return seeOther(`${site.path}/login?after=sign-out`, {
      cookies: [clearSession(ports, call)],
      // Cookies are not named here: the one that remembers the browser outlives the session.
      headers: { 'clear-site-data': '"cache"' },
    })
  }
}

/** What has just been done, in words; an address somebody made up says nothing. */
function saidOf(
  { account: { own } }: Texts,
  done: string | null,
): { readonly notice: string | null; readonly problem: string | null } {
  const words: Record<Done, string> = {
    removed: own.removed,
    added: own.passkeyAdded,
    kept: own.recoveryKept,
    forgotten: own.forgotten,
    ended: own.ended,
    password: own.passwordChanged,
    named: own.named,
    gone: own.gone,
    last: own.lastFactor,
    over: own.recoveryOver,
    address: own.addressProved,
    wrong: own.addressWrong,
  }
  const said = done !== null && Object.hasOwn(words, done) ? words[done as Done] : null
  const bad = done === 'gone' || done === 'last' || done === 'over' || done === 'wrong'
  return { notice: bad ? null : said, problem: bad ? said : null }
}
