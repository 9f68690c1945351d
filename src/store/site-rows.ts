import { type ApiKey, SCOPES } from '#domain/api-key.ts'
import type { Application } from '#domain/application.ts'
import { CHANNELS } from '#domain/method.ts'
import type { Role } from '#domain/role.ts'
import type { Site } from '#domain/site.ts'
import type { ChannelRow } from '#ports/changes.ts'
import type { ChannelInForce, SiteFile } from '#ports/store.ts'
import { id, idOrNull, integer, integerOrNull, listOf, text, word } from './columns.ts'
import type { Row, Value } from './database.ts'
import { strictly, type Unread } from './strictest.ts'

// What belongs to a site as a whole, from its rows and into them. The lists of values are in the order of the statements.

export function site(row: Row): Site {
  return {
    id: id(row, 'id', 'site'),
    name: text(row, 'name'),
    title: text(row, 'title'),
    settingsVersion: integer(row, 'settings_version'),
    sessionEpoch: integer(row, 'session_epoch'),
    deviceEpoch: integer(row, 'device_epoch'),
  }
}

export function siteValues(each: Site): readonly Value[] {
  return [each.id, each.name, each.title, each.settingsVersion, each.sessionEpoch, each.deviceEpoch]
}

const isText = (each: unknown): each is string => typeof each === 'string'

export function role(row: Row, unread: Unread): Role {
  const name = text(row, 'name')
  const read = strictly(row, `role ${name}`, unread)
  return {
    site: id(row, 'site_id', 'site'),
    name,
    twoFactorAuth: read.flag('two_factor_auth', true),
    bypassAllowed: read.flag('bypass_allowed', false),
    failOpenAllowed: read.flag('fail_open_allowed', false),
    methodsAllowed: read.methods('methods_allowed'),
    intervalHours: read.number('interval_hours', 'challenge.interval_hours', 0),
    graceDays: read.number('grace_days', 'enrolment.grace_days', 0),
    trustedNetworks: read.texts('trusted_networks'),
    version: integer(row, 'version'),
  }
}

export function roleValues(each: Role, version: number): readonly Value[] {
  return [
    Number(each.twoFactorAuth),
    Number(each.bypassAllowed),
    Number(each.failOpenAllowed),
    each.methodsAllowed === null ? null : JSON.stringify(each.methodsAllowed),
    each.intervalHours,
    each.graceDays,
    each.trustedNetworks === null ? null : JSON.stringify(each.trustedNetworks),
    version,
    each.site,
    each.name,
  ]
}

export function application(row: Row, unread: Unread): Application {
  const name = text(row, 'name')
  const read = strictly(row, `application ${name}`, unread)
  return {
    site: id(row, 'site_id', 'site'),
    name,
    title: text(row, 'title'),
    defaultForNewUsers: read.flag('default_for_new_users', true),
    intervalHours: read.number('interval_hours', 'challenge.interval_hours', 0),
    recheckInSession: row['recheck_in_session'] === null ? null : read.flag('recheck_in_session', true),
    sessionHours: read.number('session_hours', 'session.duration_hours', 1),
    sessionIdleMinutes: read.number('session_idle_minutes', 'session.idle_minutes', 1),
    hosts: listOf<string>(row, 'hosts', isText),
    version: integer(row, 'version'),
  }
}

export function applicationValues(each: Application, version: number): readonly Value[] {
  return [
    each.title,
    Number(each.defaultForNewUsers),
    each.intervalHours,
    each.recheckInSession === null ? null : Number(each.recheckInSession),
    each.sessionHours,
    each.sessionIdleMinutes,
    JSON.stringify(each.hosts),
    version,
    each.site,
    each.name,
  ]
}

/** A right that this version does not know is none. */
export function apiKey(row: Row): ApiKey {
  const given = listOf<string>(row, 'scopes', isText)
  return {
    id: id(row, 'id', 'key'),
    site: id(row, 'site_id', 'site'),
    name: text(row, 'name'),
    user: idOrNull(row, 'user_id', 'usr'),
    secretDigest: text(row, 'secret_digest'),
    scopes: SCOPES.filter((scope) => given.includes(scope)),
    createdAt: integer(row, 'created_at'),
    expiresAt: integerOrNull(row, 'expires_at'),
    revokedAt: integerOrNull(row, 'revoked_at'),
    lastUsedAt: integerOrNull(row, 'last_used_at'),
  }
}

export function apiKeyValues(each: ApiKey): readonly Value[] {
  const scopes = JSON.stringify(each.scopes)
  return [
    each.id,
    each.site,
    each.name,
    each.user,
    each.secretDigest,
    scopes,
    each.createdAt,
    each.expiresAt,
    each.revokedAt,
    each.lastUsedAt,
  ]
}

/** From the rows of the server and of the site, in this order: the later one holds, `off` too. */
export function channels(rows: readonly Row[]): SiteFile['channels'] {
  const found: Record<(typeof CHANNELS)[number], ChannelInForce | null> = { email: null, sms: null }
  for (const row of rows) {
    const owner = text(row, 'site_id') === '' ? 'server' : id(row, 'site_id', 'site')
    found[word(row, 'channel', CHANNELS)] = { row: channelRow(row), owner }
  }
  return found
}

function channelRow(row: Row): ChannelRow {
  const kind = word(row, 'kind', ['config', 'off'])
  return kind === 'off' ? { kind } : { kind, sealed: text(row, 'sealed') }
}

export function channelValues(each: ChannelRow): readonly Value[] {
  return [each.kind, each.kind === 'off' ? null : each.sealed]
}
