import type { Account } from 'oidc-provider'
import type { Access } from '#usecases/check-access.ts'

/** Which claims come with which scope. What was proved comes with every sign-in. */
export const CLAIMS = {
  openid: ['sub', 'acr', 'amr', 'auth_time'],
  profile: ['name', 'preferred_username', 'locale'],
  email: ['email'],
  phone: ['phone_number'],
  groups: ['groups'],
} as const

/** The person behind a session, as applications see them. `sub` is the user's id: it is never given to anybody else. */
export function accountOf({ user, roles }: Access): Account {
  const claims = {
    sub: user.id,
    name: user.displayName || user.username,
    preferred_username: user.username,
    groups: [...roles],
    ...(user.language === null ? {} : { locale: user.language }),
    ...(user.email === null ? {} : { email: user.email }),
    ...(user.phone === null ? {} : { phone_number: user.phone }),
  }
  return { accountId: user.id, claims: async () => claims }
}
