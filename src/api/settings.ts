import { ALIASES, resolveName } from '#policy/aliases.ts'
import { nearest } from '#policy/nearest.ts'
import { isSettingKey, SETTING_KEYS, type Settings } from '#policy/settings.ts'
import type { Call } from '#http/call.ts'
import { readJson } from '#http/json-body.ts'
import type { Ports } from '#ports/ports.ts'
import { type ChannelTrouble, channelTrouble } from '#usecases/channels-before-saving.ts'
import { changeSettings } from '#usecases/settings.ts'
import { SettingsQuery } from './administration-schemas.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { tagOf, versionsWanted } from './entity-tags.ts'
import { type FieldError, type Input, invalid, pointer, readQuery } from './input.ts'
import { refusal } from './login.ts'

/** `GET /settings`: one flat object; its version is the ETag. */
export function getSettings(ports: Ports): AdministrationHandler {
  return async (call) => {
    const file = await ports.store.siteFile(call.site.name)
    return file ? settingsBody(file.settings, file.site.settingsVersion) : refusal(ports, call)('not_found')
  }
}

/** `PATCH /settings`: all of it or none of it, and only over the version in If-Match, if there is one. */
export function patchSettings(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const query = readQuery(call, SettingsQuery)
    if (query.kind === 'refused') return query.response
    const input = await readPatch(ports, call)
    if (input.kind === 'refused') return input.response
    const refuse = refusal(ports, call)
    const versions = versionsWanted(call.request)
    const outcome = await changeSettings(ports, {
      site: call.site.name,
      patch: input.value,
      ifVersions: versions?.map(Number),
      acknowledge: query.value.acknowledge === 'true',
      reason: query.value.reason,
      actor: partyOf(caller),
      origin: call.origin,
    })
    switch (outcome.kind) {
      case 'changed':
        return settingsBody(outcome.settings, outcome.version)
      case 'invalid':
        return invalid(call, outcome.problems.map(fieldError))
      case 'version-conflict':
        return refuse('version_conflict', { extensions: { etag: tagOf(outcome.version) } })
      case 'channel-unconfigured':
      case 'channel-unproved':
        return refuseForChannels(ports, call, outcome)
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** Users that are named in a refusal at most; `count` is of all. */
const NAMED = 100

/** A change that rests on a channel which cannot carry it, and whom it would strike. */
export function refuseForChannels(ports: Ports, call: Call, { kind, channels, users }: ChannelTrouble): Response {
  const code = kind === 'channel-unconfigured' ? 'channel_unconfigured' : 'channel_unproved'
  const detail = channelTrouble({ kind, channels, users })
  const extensions = { channels, count: users.length, users: users.slice(0, NAMED) }
  return refusal(ports, call)(code, { detail, extensions })
}

/** Values by key, of settings that exist. Whether they may have these values is for the use case to say. */
export async function readPatch(ports: Ports, call: Call): Promise<Input<Readonly<Record<string, unknown>>>> {
  const body = await readJson(call.request, { requestId: call.origin.request })
  if (body.kind === 'refused') return body
  const patch = body.value
  if (!isObject(patch))
    return { kind: 'refused', response: invalid(call, [{ pointer: '', detail: 'is not an object of settings' }]) }
  const unknown = Object.keys(patch).filter((key) => !isSettingKey(key))
  if (unknown.length === 0) return { kind: 'ok', value: patch }
  const refuse = refusal(ports, call)
  return {
    kind: 'refused',
    response: refuse('unknown_setting', { extensions: { errors: unknown.map(unknownSetting) } }),
  }
}

function settingsBody(settings: Settings, version: number): Response {
  return Response.json(settings, { headers: { etag: tagOf(version) } })
}

/** The sentence of a problem starts with its key, which stands in the pointer here. */
export function fieldError({ key, problem }: { readonly key: string; readonly problem: string }): FieldError {
  return { pointer: pointer([key]), detail: problem.slice(key.length).replace(/^:? /, '') }
}

function unknownSetting(key: string): FieldError {
  const meant = resolveName(key) ?? nearest(key, [...SETTING_KEYS, ...Object.keys(ALIASES)])
  const suggestion = meant === undefined ? '' : `; did you mean ${meant}?`
  return { pointer: pointer([key]), detail: `there is no setting ${key}${suggestion}` }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
