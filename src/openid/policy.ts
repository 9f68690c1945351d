import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import type { Site } from '#domain/site.ts'
import type { Ports } from '#ports/ports.ts'
import { judgeAuthorization, type Judgement, type Wants } from '#usecases/judge-authorization.ts'
import { isSessionId } from './session.ts'
import { currentVisit } from './visit.ts'

const { Check, Prompt } = interactionPolicy

/** The parameters of an authorization request, as they came. */
export type Parameters = Readonly<Record<string, unknown>>

/** What an application asks for by its parameters. Levels that we do not know ask for nothing; any of several will do. */
export function wantsOf(parameters: Parameters): Wants {
  const words = (name: string): readonly string[] => {
    const value = parameters[name]
    return typeof value === 'string' ? value.split(' ') : []
  }
  const age = parameters['max_age']
  const levels = words('acr_values')
  return {
    application: String(parameters['client_id']),
    anew: words('prompt').some((each) => each === 'login' || each === 'select_account'),
    maxAge: age === undefined || age === '' ? null : Number(age),
    twoFactors: levels.includes('aal2') && !levels.includes('aal1'),
  }
}

/**
 * The provider asks for a sign-in whenever our session is not enough, and for nothing else: who an application is for was said when it
 * was set up, so nobody is asked for consent.
 */
export function promptsFor(ports: Ports, site: Site): InstanceType<typeof Prompt>[] {
  async function judge({ oidc }: KoaContextWithOIDC): Promise<Judgement> {
    const visit = currentVisit()
    const { uid: session } = oidc.session ?? {}
    const shown = {
      site: site.id,
      session: isSessionId(session) ? session : null,
      address: visit.call.origin.address,
    }
    visit.judged ??= judgeAuthorization(ports, shown, wantsOf({ ...oidc.params }), visit.since ?? null)
    return visit.judged
  }
  const login = new Prompt({ name: 'login', requestable: true })
  login.checks.clear()
  login.checks.add(
    new Check('not_signed_in', 'a sign-in is needed', 'login_required', async (ctx) => {
      const { kind } = await judge(ctx)
      return kind === 'sign-in'
    }),
  )
  login.checks.add(
    new Check('second_factor', 'a second factor is needed', 'interaction_required', async (ctx) => {
      const { kind } = await judge(ctx)
      return kind === 'step-up' || kind === 'out-of-reach'
    }),
  )
  // Asked for by clients that want a refresh token (OpenID Connect Core 11); there is nothing to be asked.
  const consent = new Prompt({ name: 'consent', requestable: true })
  consent.checks.clear()
  const account = new Prompt({ name: 'select_account', requestable: true })
  account.checks.clear()
  return [login, consent, account]
}
