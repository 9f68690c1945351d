import { API, SITE } from '../site.ts'
import type { SettingPatch } from './use-setting-draft.ts'

/** The same change for a terminal on the server. */
export function asCommands(patch: SettingPatch, reason?: string): string {
  const why = reason === undefined ? '' : ` --reason ${quoted(reason)}`
  return Object.entries(patch)
    .map(([key, value]) => `npx countersign --site ${SITE.name} set-config ${key} ${quoted(value)}${why}`)
    .join('\n')
}

/** The same change as a call of the API, with a key in the environment. */
export function asCall(patch: SettingPatch, reason?: string): string {
  const query = reason === undefined ? '' : `?reason=${encodeURIComponent(reason)}`
  const body = JSON.stringify(patch).replaceAll("'", String.raw`'\''`)
  return [
    `curl -X PATCH '${location.origin}${API}/settings${query}'`,
    '-H "Authorization: Bearer $COUNTERSIGN_API_KEY"',
    "-H 'Content-Type: application/json'",
    `-d '${body}'`,
  ].join(' \\\n  ')
}

function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
