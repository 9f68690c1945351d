import {
  IDENTITY_PROVIDER_KINDS,
  type IdentityProvider,
  type SamlConfig,
  VOUCHED_SECOND_FACTORS,
} from '#domain/identity-provider.ts'
import type { IdentityProviderChange, IdentityProviderStore } from '#ports/identity-providers.ts'
import { id, integer, json, text, word } from './columns.ts'
import { all, type Database, type Row, run, type Work } from './database.ts'

export const IDENTITY_PROVIDERS = {
  ofSite: 'SELECT * FROM identity_providers WHERE site_id = ? ORDER BY name',
  add: `INSERT INTO identity_providers (title, kind, enabled, second_factor, config, version, site_id, name)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  change: `UPDATE identity_providers SET title = ?, kind = ?, enabled = ?, second_factor = ?, config = ?, version = ?
    WHERE site_id = ? AND name = ? AND version = ?`,
  remove: 'DELETE FROM identity_providers WHERE site_id = ? AND name = ? AND version = ?',
} as const

const KINDS: readonly unknown[] = IDENTITY_PROVIDER_KINDS

export function identityProviderReads(database: Database): IdentityProviderStore {
  return {
    identityProviders: (site) =>
      database.together(
        'read',
        function* () {
          // Nobody signs in by a kind that a newer version has added.
          const rows = (yield* all(IDENTITY_PROVIDERS.ofSite, site)).filter((row) => KINDS.includes(row['kind']))
          return rows.map(identityProvider)
        },
        site,
      ),
  }
}

export function* applyIdentityProviderChange(change: IdentityProviderChange): Work<number> {
  if (change.kind === 'remove-identity-provider')
    return yield* run(IDENTITY_PROVIDERS.remove, change.site, change.name, change.from)
  const { site, name, title, kind, enabled, secondFactor, config, version } = change.provider
  const values = [title, kind, Number(enabled), secondFactor, JSON.stringify(config)]
  if (change.kind === 'add-identity-provider') return yield* run(IDENTITY_PROVIDERS.add, ...values, version, site, name)
  return yield* run(IDENTITY_PROVIDERS.change, ...values, change.from + 1, site, name, change.from)
}

function identityProvider(row: Row): IdentityProvider {
  return {
    site: id(row, 'site_id', 'site'),
    name: text(row, 'name'),
    title: text(row, 'title'),
    kind: word(row, 'kind', IDENTITY_PROVIDER_KINDS),
    enabled: row['enabled'] === 1,
    // What it is trusted with is not known: nobody is spared anything for its word.
    secondFactor: VOUCHED_SECOND_FACTORS.find((each) => each === row['second_factor']) ?? 'require',
    config: json(row, 'config') as SamlConfig,
    version: integer(row, 'version'),
  }
}
