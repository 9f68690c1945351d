import type { AuditEvent } from '#audit/event.ts'
import type { CodeCounters } from '#domain/counters.ts'
import { newId } from '#domain/id.ts'
import type { SiteId, UserId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import { canonicalUsername, type User } from '#domain/user.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import { type Act, userParty } from './act.ts'
import type { UserFields } from './user-input.ts'

export interface NewUser {
  readonly user: User
  readonly changes: readonly Change[]
  readonly event: AuditEvent
}

/** A user as they begin, with the switches of applications whose default for new users is on, and the account of it. */
export function newUser(
  { random }: Pick<Ports, 'random'>,
  file: SiteFile,
  order: Pick<Act, 'actor'> & { readonly username: string; readonly fields: UserFields },
  { at, passwordHash }: { readonly at: Instant; readonly passwordHash: string | null },
): NewUser {
  const id = newId('usr', random.bytes(16))
  const user = { ...merge(blankUser(id, file.site.id, order.username, at), order.fields), version: 1 }
  const defaults = file.applications.filter(({ defaultForNewUsers }) => defaultForNewUsers).map(({ name }) => name)
  return {
    user,
    changes: [
      { kind: 'add-user', user, passwordHash, counters: blankCounters(id) },
      ...defaults.map(
        (application): Change => ({ kind: 'set-user-application', user: id, application, twoFactor: true }),
      ),
    ],
    event: {
      ev: 'user.created',
      actor: order.actor,
      subject: userParty(user),
      application: null,
      data: { kind: user.kind, roles: user.roles, two_factor: defaults },
    },
  }
}

function blankUser(id: UserId, site: SiteId, username: string, createdAt: number): User {
  return {
    id,
    site,
    username: canonicalUsername(username),
    displayName: username,
    email: null,
    phone: null,
    kind: 'system',
    status: 'active',
    language: null,
    roles: [],
    twoFactor: { app: false, email: false, sms: false },
    bypass: null,
    intervalHours: null,
    hadAuthenticator: false,
    requiredSince: null,
    createdAt,
    lastSignInAt: null,
    sessionEpoch: 1,
    deviceEpoch: 1,
    version: 0,
  }
}

function blankCounters(user: UserId): CodeCounters {
  return {
    user,
    consecutive: 0,
    inWindow: 0,
    windowStart: 0,
    lockedUntil: 0,
    disabled: false,
    nextCounter: 0,
    sealedCodeSecret: null,
    passwordProvedAt: null,
    version: 1,
  }
}

/** A user with some fields changed. */
export function merge(user: User, fields: UserFields): User {
  const { twoFactor } = user
  return {
    ...user,
    displayName: fields.displayName ?? user.displayName,
    email: fields.email === undefined ? user.email : fields.email,
    phone: fields.phone === undefined ? user.phone : fields.phone,
    kind: fields.kind ?? user.kind,
    status: fields.status ?? user.status,
    language: fields.language === undefined ? user.language : fields.language,
    roles: fields.roles ?? user.roles,
    twoFactor: {
      app: fields.twoFactorApp ?? twoFactor.app,
      email: fields.twoFactorEmail ?? twoFactor.email,
      sms: fields.twoFactorSms ?? twoFactor.sms,
    },
    intervalHours: fields.intervalHours === undefined ? user.intervalHours : fields.intervalHours,
    version: user.version + 1,
  }
}
