import type { SiteId } from './id.ts'

export const IDENTITY_PROVIDER_KINDS = ['saml'] as const

/** What a sign-in that it vouches for is spared: always the second factor, that which it says it has asked for itself, or nothing. */
export const VOUCHED_SECOND_FACTORS = ['skip', 'trust_amr', 'require'] as const
export type VouchedSecondFactor = (typeof VOUCHED_SECOND_FACTORS)[number]

/** Somebody outside whose word for a person counts at a site. Nothing in it is secret: certificates hold public keys. */
export interface IdentityProvider {
  readonly site: SiteId
  /** Stands in addresses: `/{site}/saml/{name}/…`. */
  readonly name: string
  readonly title: string
  readonly kind: (typeof IDENTITY_PROVIDER_KINDS)[number]
  readonly enabled: boolean
  readonly secondFactor: VouchedSecondFactor
  readonly config: SamlConfig
  readonly version: number
}

export interface SamlConfig {
  readonly entityId: string
  /** Where a browser is sent to sign in. */
  readonly ssoUrl: string
  /** PEM, one or more: while it changes its key, the old and the new one. */
  readonly certificates: readonly string[]
  /** The attribute that carries the user name; null: the NameID does. */
  readonly usernameAttribute: string | null
  /** Authentication context classes that say that a second factor was asked for (SAML 2.0 core 2.7.2.2). */
  readonly multiFactorContexts: readonly string[]
}

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/

/** A name stands in addresses, so it needs no quoting anywhere. */
export function isIdentityProviderName(text: string): boolean {
  return NAME.test(text)
}
