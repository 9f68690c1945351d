import { type Adapter, type AdapterPayload, errors, Provider } from 'oidc-provider'
import type { AuditEvent } from '#audit/event.ts'
import { isApplicationName } from '#domain/application.ts'
import type { Site } from '#domain/site.ts'
import { seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { dropGrant, findArtifact, keepArtifact, spendArtifact } from '#usecases/openid-artifacts.ts'
import { clientMetadata } from './client-metadata.ts'
import { noteOnSession, readSession } from './session.ts'
import { inRounds } from '#usecases/rounds.ts'
import { currentVisit } from './visit.ts'

/**
 * The provider's memory, in our store. Names are stored as digests and leave no trace in what is stored under them; what is good once is
 * spent by one statement that finds it unspent.
 */
export function adapterFor(ports: Ports, site: Site): (kind: string) => Adapter {
  return (kind) => {
    const named = (id: string) => ({ site: site.id, kind, id })

    async function find(id: string): Promise<AdapterPayload | undefined> {
      if (kind === 'Client') {
        const client = isApplicationName(id) ? await ports.store.openIdClient(site.id, id) : null
        return client ? clientMetadata(client, presented()) : undefined
      }
      if (kind === 'Session') return readSession(ports, site.id, id)
      const found = await findArtifact(ports, named(id))
      if (!found) return undefined
      if (kind === 'Interaction') currentVisit().since = found.createdAt
      const payload: AdapterPayload = { ...found.payload, jti: id }
      if (found.spentAt !== null) payload.consumed = Math.floor(found.spentAt / seconds(1))
      if (kind === 'AuthorizationCode') await dropIfStolen(payload)
      return payload
    }

    /** A code in the hands of another client has been stolen: what it stands for is taken back at once (OI-03). */
    async function dropIfStolen({ clientId, grantId }: AdapterPayload): Promise<void> {
      const asking = Provider.ctx?.oidc.client?.clientId
      if (asking !== undefined && asking !== clientId && grantId) await takeBack(grantId, clientId)
    }

    async function takeBack(grant: string, client: string | undefined): Promise<void> {
      await dropGrant(ports, site.id, grant)
      const { origin } = currentVisit().call
      // The library takes a grant back through whatever kind of token comes first to it; what was shown twice is what was asked with.
      const reused =
        Provider.ctx?.oidc.params?.['grant_type'] === 'refresh_token' ? 'RefreshToken' : 'AuthorizationCode'
      const event = eventOf('openid.reused', { clientId: client }, { kind: reused })
      const entry = { site: site.id, at: ports.clock.now(), origin, changes: [], events: [event] } as const
      const outcome = await inRounds(() => ports.store.commit(entry))
      if (outcome === 'busy') throw new errors.TemporarilyUnavailable('too much at once')
    }

    return {
      find,

      async upsert(id, payload, expiresIn = 0) {
        if (kind === 'Session') return noteOnSession(ports, site.id, payload)
        // An interaction is bound to its browser by a cookie, and to a person only when it is over: who they are may change in between.
        const { jti: _jti, session: _session, ...kept } = payload as Record<string, unknown>
        const outcome = await keepArtifact(ports, {
          ...named(id),
          payload: kept,
          grant: kind === 'Grant' ? id : (payload.grantId ?? null),
          lifeMs: seconds(expiresIn),
          origin: currentVisit().call.origin,
          ...(kind === 'AuthorizationCode' ? { event: eventOf('openid.code.issued', payload, signedIn(payload)) } : {}),
        })
        if (outcome === 'busy') throw new errors.TemporarilyUnavailable('too much at once')
      },

      async consume(id) {
        const payload = await find(id)
        const said = { kind, session: payload?.sessionUid ?? null }
        const outcome = await spendArtifact(ports, {
          ...named(id),
          event: eventOf('openid.tokens.issued', payload ?? {}, said),
          origin: currentVisit().call.origin,
        })
        if (outcome === 'spent') return
        if (outcome === 'busy') throw new errors.TemporarilyUnavailable('too much at once')
        if (payload?.grantId) await takeBack(payload.grantId, payload.clientId)
        throw new errors.InvalidGrant('it was used before')
      },

      async destroy(id) {
        await ports.store.dropOpenIdArtifact(site.id, kind, ports.vault.digest(id))
      },

      async revokeByGrantId(grantId) {
        // The provider says it once for each kind of token; one answer takes back all of them.
        if (kind !== 'AccessToken') return
        const { oidc } = Provider.ctx ?? {}
        if (oidc?.route === 'token') return takeBack(grantId, oidc.client?.clientId)
        await dropGrant(ports, site.id, grantId)
      },

      findByUid: async () => undefined,
      findByUserCode: async () => undefined,
    }
  }
}

/** How the client of this request shows its secret: it may do it in either way. */
function presented(): 'header' | 'body' {
  const { headers } = currentVisit().call.request
  return /^basic /i.test(headers.get('authorization') ?? '') ? 'header' : 'body'
}

function signedIn({ acr, amr, sessionUid }: AdapterPayload): AuditEvent['data'] {
  return { acr: acr ?? null, amr: amr ?? [], session: sessionUid ?? null }
}

function eventOf(ev: AuditEvent['ev'], payload: AdapterPayload, data: AuditEvent['data']): AuditEvent {
  const { accountId, clientId = '' } = payload
  const application = { type: 'application', id: clientId, name: clientId } as const
  const user = accountId === undefined ? null : ({ type: 'user', id: accountId, name: null } as const)
  return { ev, actor: user ?? application, subject: user ?? application, application: clientId, data }
}
