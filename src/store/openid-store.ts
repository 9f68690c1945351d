import type { OpenIdStore } from '#ports/openid.ts'
import { all, type Database, one, run, readAt } from './database.ts'
import { session } from './login-rows.ts'
import { openIdArtifact, openIdArtifactValues, openIdClient, openIdKey } from './openid-rows.ts'
import { OPENID_ARTIFACTS, OPENID_CLIENTS, OPENID_KEYS, SESSION_BY_ID } from './openid-statements.ts'

/** What OpenID Connect asks of the store. */
export function openIdStore(database: Database): OpenIdStore {
  return {
    openIdClient: (site, application) =>
      readAt(database, site, function* () {
        const row = yield* one(OPENID_CLIENTS.ofApplication, site, application)
        return row ? openIdClient(row) : null
      }),

    openIdClients: (site) =>
      readAt(database, site, function* () {
        return (yield* all(OPENID_CLIENTS.ofSite, site)).map(openIdClient)
      }),

    openIdKeys: (site, now) =>
      readAt(database, site, function* () {
        return (yield* all(OPENID_KEYS.published, site, now)).map(openIdKey)
      }),

    openIdArtifact: (site, kind, digest, now) =>
      readAt(database, site, function* () {
        const row = yield* one(OPENID_ARTIFACTS.alive, site, kind, digest, now)
        return row ? openIdArtifact(row) : null
      }),

    sessionById: (site, id) =>
      readAt(database, site, function* () {
        const row = yield* one(SESSION_BY_ID, site, id)
        return row ? session(row) : null
      }),

    async keepOpenIdArtifact(artifact) {
      await database.together(
        'write',
        function* () {
          yield* run(OPENID_ARTIFACTS.sweep, artifact.site, artifact.createdAt)
          yield* run(OPENID_ARTIFACTS.put, ...openIdArtifactValues(artifact))
        },
        artifact.site,
      )
    },

    async dropOpenIdArtifact(site, kind, digest) {
      await database.together('write', () => run(OPENID_ARTIFACTS.drop, site, kind, digest), site)
    },

    async dropOpenIdGrant(site, grantDigest) {
      await database.together('write', () => run(OPENID_ARTIFACTS.dropOfGrant, site, grantDigest), site)
    },
  }
}
