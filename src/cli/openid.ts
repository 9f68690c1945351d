import { addressOfSite } from '#domain/site-address.ts'
import { rfc3339 } from '#domain/time.ts'
import { createApplication } from '#usecases/create-application.ts'
import { rotateOpenIdKeys } from '#usecases/openid-keys.ts'
import { removeOpenIdClient } from '#usecases/remove-openid-client.ts'
import { setOpenIdClient } from '#usecases/set-openid-client.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound } from './job.ts'
import { table } from './output.ts'

export interface OpenIdClientFlags {
  readonly redirect?: readonly string[]
  readonly afterLogout?: readonly string[]
  readonly public?: true
  readonly newSecret?: true
}

export function listOpenIdClients(job: Job): Promise<void> {
  return atSite(job, async ({ ports, file: { site } }) => {
    const clients = (await ports.store.openIdClients(site.id)).map((client) => ({
      client_id: client.application,
      public: client.secretDigest === null,
      redirect_uris: client.redirectUris,
      post_logout_redirect_uris: client.postLogoutRedirectUris,
    }))
    const rows = clients.map((each) => [each.client_id, each.public ? 'none' : 'yes', each.redirect_uris.join(' ')])
    answer(job, clients, table(['Client', 'Secret', 'Led back to'], rows))
  })
}

/** Lets an application sign in by OpenID Connect; it is made if it is not there yet. */
export function setOpenIdClientOf(job: Job, application: string, flags: OpenIdClientFlags): Promise<void> {
  return atSite(job, async ({ ports, order, file }) => {
    if (!file.applications.some(({ name }) => name === application)) {
      const made = await createApplication(ports, { ...order, name: application, fields: {} })
      if (made.kind === 'invalid') throw new Failure(EXIT.refused, told(made.problems))
      if (made.kind === 'busy') throw busy()
    }
    const outcome = await setOpenIdClient(ports, {
      ...order,
      application,
      redirectUris: flags.redirect,
      postLogoutRedirectUris: flags.afterLogout,
      ...(flags.public === undefined ? {} : { isPublic: true }),
      newSecret: flags.newSecret,
    })
    switch (outcome.kind) {
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'unknown-application':
        throw notFound('application', application, outcome.known)
      case 'invalid':
        throw new Failure(EXIT.refused, told(outcome.problems))
      case 'busy':
        throw busy()
      case 'saved': {
        const issuer = `${addressOfSite(ports, order.site)}/oidc`
        const { client, secret } = outcome
        const said = secret === null ? '' : `\nclient_secret  ${secret}   (shown this once)`
        const text = `issuer         ${issuer}\nclient_id      ${application}${said}`
        const shown = { issuer, client_id: application, redirect_uris: client.redirectUris }
        return answer(job, { ...shown, ...(secret === null ? {} : { client_secret: secret }) }, text)
      }
    }
  })
}

export function removeOpenIdClientOf(job: Job, application: string): Promise<void> {
  return atSite(job, async ({ ports, order, file }) => {
    const { kind } = await removeOpenIdClient(ports, { ...order, application })
    if (kind === 'busy') throw busy()
    if (kind !== 'removed') {
      const known = await ports.store.openIdClients(file.site.id)
      throw notFound(
        'client',
        application,
        known.map((each) => each.application),
      )
    }
    answer(job, { removed: application }, `${application} signs nobody in by OpenID Connect any more.`)
  })
}

export function rotateKeys(job: Job, { compromised = false }: { readonly compromised?: boolean }): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const outcome = await rotateOpenIdKeys(ports, { ...order, compromised })
    if (outcome.kind === 'unknown-site') throw notFound('site', order.site, [])
    if (outcome.kind === 'busy') throw busy()
    const until = rfc3339(outcome.publishedUntil)
    const text = compromised
      ? 'The keys are published no more: what they have signed is worth nothing. The next token is signed by a new key.'
      : `The next token is signed by a new key. Those before it are published until ${until}.`
    answer(job, { kids: outcome.kids, published_until: until }, text)
  })
}

function told(problems: readonly { readonly field: string; readonly problem: string }[]): string {
  return problems.map(({ field, problem }) => `${field}: ${problem}`).join('\n')
}
