import type { OpenIdStore } from '#ports/openid.ts'
import { all, type Database, one, run } from './database.ts'
import { session } from './login-rows.ts'
import { openIdArtifact, openIdArtifactValues, openIdClient, openIdKey } from './openid-rows.ts'
import { OPENID_ARTIFACTS, OPENID_CLIENTS, OPENID_KEYS, SESSION_BY_ID } from './openid-statements.ts'

/** What OpenID Connect asks of the store. */
export function openIdStore(database: Database): OpenIdStore {
  return {
    openIdClient: (site, application) =>
      database.together('read', function* () {
        const row = yield* one(OPENID_CLIENTS.ofApplication, site, application)
        return row ? openIdClient(row) : null
      }),

    openIdClients: (site) =>
      database.together('read', function* () {
        return (yield* all(OPENID_CLIENTS.ofSite, site)).map(openIdClient)
      }),

    openIdKeys: (site, now) =>
      database.together('read', function* () {
        return (yield* all(OPENID_KEYS.published, site, now)).map(openIdKey)
      }),

    openIdArtifact: (site, kind, digest, now) =>
      database.together('read', function* () {
        const row = yield* one(OPENID_ARTIFACTS.alive, site, kind, digest, now)
        return row ? openIdArtifact(row) : null
      }),

    sessionById: (site, id) =>
      database.together('read', function* () {
        const row = yield* one(SESSION_BY_ID, site, id)
        return row ? session(row) : null
      }),

    async keepOpenIdArtifact(artifact) {
      await database.together('write', function* () {
        yield* run(OPENID_ARTIFACTS.sweep, artifact.site, artifact.createdAt)
        yield* run(OPENID_ARTIFACTS.put, ...openIdArtifactValues(artifact))
      })
    },

    async dropOpenIdArtifact(site, kind, digest) {
      await database.together('write', () => run(OPENID_ARTIFACTS.drop, site, kind, digest))
    },

    async dropOpenIdGrant(site, grantDigest) {
      await database.together('write', () => run(OPENID_ARTIFACTS.dropOfGrant, site, grantDigest))
    },
  }
}
