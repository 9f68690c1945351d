import type { IdentityProvider } from '#domain/identity-provider.ts'
import type { SiteId } from '#domain/id.ts'

export type IdentityProviderChange =
  | { readonly kind: 'add-identity-provider'; readonly provider: IdentityProvider }
  | { readonly kind: 'change-identity-provider'; readonly provider: IdentityProvider; readonly from: number }
  | { readonly kind: 'remove-identity-provider'; readonly site: SiteId; readonly name: string; readonly from: number }

export interface IdentityProviderStore {
  /** By name. */
  identityProviders(site: SiteId): Promise<readonly IdentityProvider[]>
}
