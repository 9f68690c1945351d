import type { ShownConfig } from '#ports/delivery.ts'

type Config = Readonly<Record<string, unknown>>

/** What of a configuration is never shown, by its kind. Of an HTTP gateway every value may be a key. */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  smtp: ['password', 'oauth2.access_token', 'oauth2.client_secret', 'oauth2.refresh_token'],
  smpp: ['password'],
  twilio: ['auth_token'],
  vonage: ['api_secret'],
}

/** What says where a secret goes, and as whom. When one of these changes, the secret has to be given anew. */
const DESTINATION = [
  'kind',
  'host',
  'port',
  'tls',
  'ca',
  'user',
  'url',
  'system_id',
  'account_sid',
  'api_key',
  'api_url',
] as const

/** A configuration without its secrets, and the names of those that are set. */
export function withoutSecrets(config: Config): ShownConfig {
  const shown = structuredClone(config) as Record<string, unknown>
  const secrets: string[] = []
  const gateways = listOf(shown['gateways'])
  for (const [index, gateway] of gateways.entries())
    secrets.push(...strip(gateway).map((name) => `gateways.${index}.${name}`))
  secrets.push(...strip(shown))
  return { config: shown, secrets }
}

/**
 * `input` with the secrets that it leaves out taken from `before`, where they still go to the same server under the same name: else
 * whoever may change a host could have the password sent to a server of their own.
 */
export function withKeptSecrets(input: unknown, before: unknown): unknown {
  if (!isConfig(input) || !isConfig(before)) return input
  const whole = keep(input, before)
  const earlier = listOf(before['gateways'])
  if (!Array.isArray(whole['gateways']) || earlier.length === 0) return whole
  const gateways = listOf(whole['gateways'])
  return { ...whole, gateways: gateways.map((each, index) => keep(each, earlier[index] ?? {})) }
}

function keep(input: Config, before: Config): Config {
  const shown = withoutSecrets(before).config
  if (DESTINATION.some((name) => JSON.stringify(input[name]) !== JSON.stringify(shown[name]))) {
    if (!isSameUrl(input, before)) return input
  }
  if (input['kind'] !== before['kind']) return input
  const merged = structuredClone(input) as Record<string, unknown>
  for (const path of SECRETS[String(input['kind'])] ?? []) {
    const [first = '', second] = path.split('.')
    const [mine, theirs] = [merged[first], before[first]]
    if (second === undefined) merged[first] ??= theirs
    else if (isConfig(mine) && isConfig(theirs) && sameBut(mine, theirs)) merged[first] = { ...theirs, ...mine }
  }
  if (input['kind'] !== 'http') return withoutUndefined(merged)
  if (input['url'] === shown['url']) merged['url'] = before['url']
  const values = listOf(before['parameters'])
  merged['parameters'] = listOf(merged['parameters']).map((each) => {
    const known = values.find(
      ({ name, header }) => name === each['name'] && Boolean(header) === Boolean(each['header']),
    )
    return 'value' in each || known === undefined ? each : { ...each, value: known['value'] }
  })
  return merged
}

/** The whole address, typed once more, is the one that is there. */
function isSameUrl(input: Config, before: Config): boolean {
  return input['kind'] === 'http' && input['url'] === before['url']
}

/** A token goes where it went: to the same `token_url`, for the same client. */
function sameBut(mine: Config, theirs: Config): boolean {
  return ['token_url', 'client_id'].every((name) => mine[name] === undefined || mine[name] === theirs[name])
}

function strip(config: Record<string, unknown>): readonly string[] {
  const found: string[] = []
  for (const path of SECRETS[String(config['kind'])] ?? []) {
    const [first = '', second] = path.split('.')
    const holder = second === undefined ? config : config[first]
    const name = second ?? first
    if (!isConfig(holder) || holder[name] === undefined) continue
    delete holder[name]
    found.push(path)
  }
  if (config['kind'] !== 'http') return found
  const url = URL.parse(String(config['url']))
  if (url !== null && url.search !== '') {
    found.push('url')
    url.search = ''
    config['url'] = url.href
  }
  for (const [index, parameter] of listOf(config['parameters']).entries()) {
    delete parameter['value']
    found.push(`parameters.${index}.value`)
  }
  return found
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isConfig) : []
}

function isConfig(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function withoutUndefined(config: Record<string, unknown>): Config {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined))
}
