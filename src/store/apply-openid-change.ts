import type { SiteId } from '#domain/id.ts'
import type { OpenIdChange } from '#ports/openid.ts'
import { run, type Work } from './database.ts'
import { openIdArtifactValues, openIdClientValues, openIdKeyValues } from './openid-rows.ts'
import { OPENID_ARTIFACTS, OPENID_CLIENTS, OPENID_KEYS } from './openid-statements.ts'

/** Does one change of OpenID Connect, under the same promise as `applyChange`. */
export function* applyOpenIdChange(site: SiteId, change: OpenIdChange): Work<number> {
  switch (change.kind) {
    case 'add-openid-client':
      return yield* run(OPENID_CLIENTS.add, ...openIdClientValues(change.client, change.client.version))
    case 'change-openid-client':
      return yield* run(OPENID_CLIENTS.change, ...openIdClientValues(change.client, change.from + 1), change.from)
    case 'remove-openid-client':
      return yield* run(OPENID_CLIENTS.remove, site, change.application, change.from)
    case 'add-openid-key':
      return yield* run(OPENID_KEYS.add, ...openIdKeyValues(change.key))
    case 'retire-openid-key':
      return yield* run(OPENID_KEYS.retire, change.at, site, change.kid, change.at)
    case 'put-openid-artifact':
      return yield* run(OPENID_ARTIFACTS.put, ...openIdArtifactValues(change.artifact))
    case 'spend-openid-artifact':
      return yield* run(OPENID_ARTIFACTS.spend, change.at, site, change.artifact.kind, change.artifact.digest)
  }
}
