import type { ExternalIdentity } from '#domain/external-identity.ts'
import type { SiteId, UserId } from '#domain/id.ts'

/** Joins `Change`. It holds while neither the name at the provider nor the user is taken. */
export type ExternalIdentityChange = {
  readonly kind: 'add-external-identity'
  readonly identity: ExternalIdentity
}

/** What is asked of the store about who is who. Joins `Store`. */
export interface ExternalIdentityStore {
  /** The user that a provider calls this; null: nobody yet. */
  externalUser(
    site: SiteId,
    provider: string,
    subject: string,
  ): Promise<{ readonly user: UserId; readonly username: string } | null>
  /** What a user is called elsewhere; null: no provider vouches for them. */
  externalIdentityOf(site: SiteId, user: UserId): Promise<ExternalIdentity | null>
}
