import { z } from 'zod'
import type { Channel } from '#domain/method.ts'
import { parseMailAddress } from './mail-address.ts'

const seconds = (most: number) => z.int().min(1).max(most)
const NOT_IN_HEADERS = /\p{Cc}/u
const oneLineText = z
  .string()
  .min(1)
  .max(1_000)
  .refine((text) => !NOT_IN_HEADERS.test(text), 'has a line break or another control character')

const smtp = z
  .strictObject({
    kind: z.literal('smtp'),
    host: z.string().regex(/^[a-z0-9._:-]+$/i, 'is not the name or address of a host'),
    port: z.int().min(1).max(65_535),
    /**
     * `implicit`: TLS from the first byte. `required`: STARTTLS, or nothing is sent. `opportunistic`: STARTTLS if it is offered, with
     * whatever certificate. `none`: in clear.
     */
    tls: z.enum(['implicit', 'required', 'opportunistic', 'none']),
    user: oneLineText.optional(),
    password: oneLineText.optional(),
    from: oneLineText.refine((text) => parseMailAddress(text) !== undefined, 'is not an email address'),
    /** From looking up the name to the greeting and TLS. */
    connectSeconds: seconds(30).default(5),
    /** Of the whole conversation. */
    totalSeconds: seconds(30).default(15),
    /** Certificates in PEM that are trusted instead of the public ones: a mail server with a certificate of the house. */
    ca: z.string().max(100_000).includes('-----BEGIN CERTIFICATE-----').optional(),
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    path: ['user'],
    message: 'is given with a password, or neither is',
  })
  .refine(({ password, tls, host }) => password === undefined || isEncrypted(tls) || isLoopback(host), {
    path: ['tls'],
    message: 'must be "implicit" or "required" where a password is given: it would travel in clear',
  })

const header = z.strictObject({
  name: z.string().min(1).max(200),
  value: z.string().max(4_000),
  /** Sent as a header of the request and not as a parameter. */
  header: z.boolean().default(false),
})

/** The fields of an SMS gateway as an ERP administrator knows them: a working gateway is copied over as it is. */
const http = z
  .strictObject({
    kind: z.literal('http'),
    url: z.url({ protocol: /^https?$/ }).refine(hasNoLogin, 'has a user name in it; give it as a header or parameter'),
    method: z.enum(['GET', 'POST']).default('GET'),
    message_parameter: z.string().min(1).max(200),
    receiver_parameter: z.string().min(1).max(200),
    parameters: z.array(header).max(50).default([]),
    /** The body is JSON and not a form; without it, JSON if a header says that the content is. */
    json: z.boolean().optional(),
    /** Which answers mean that the gateway took the message; without it, every 2xx. */
    accept_status: z.array(z.int().min(200).max(299)).min(1).optional(),
    /** Text that the answer holds only when the message was taken: for gateways that say 200 to everything. */
    accept_text: z.string().min(1).max(200).optional(),
    timeoutSeconds: seconds(10).default(5),
  })
  .refine(({ parameters }) => parameters.every((each) => !each.header || isHeader(each)), {
    path: ['parameters'],
    message: 'has a header that HTTP does not allow',
  })
  .refine(hasEachParameterOnce, { path: ['parameters'], message: 'names a parameter twice' })
  .refine(({ json, method }) => !(json === true && method === 'GET'), {
    path: ['json'],
    message: 'is for POST: a GET has no body',
  })

/** The demo's mailbox. */
const captured = z.strictObject({ kind: z.literal('captured') })

export type SmtpConfig = Readonly<z.output<typeof smtp>>
export type HttpSmsConfig = Readonly<z.output<typeof http>>
export type CapturedConfig = Readonly<z.output<typeof captured>>
export type ChannelConfig = SmtpConfig | HttpSmsConfig | CapturedConfig

const SCHEMAS = {
  email: z.discriminatedUnion('kind', [smtp, captured]),
  sms: z.discriminatedUnion('kind', [http, captured]),
}

export type ParsedConfig =
  | { readonly ok: true; readonly config: ChannelConfig }
  | { readonly ok: false; readonly problem: string }

/** `problem` is a sentence without any value of the configuration: passwords are among them. */
export function parseChannelConfig(channel: Channel, config: unknown): ParsedConfig {
  const parsed = SCHEMAS[channel].safeParse(config)
  if (parsed.success) return { ok: true, config: parsed.data }
  const [issue] = parsed.error.issues
  const where = issue === undefined || issue.path.length === 0 ? 'it' : issue.path.join('.')
  return {
    ok: false,
    problem: `The ${channel} configuration cannot be used: ${where}: ${issue?.message ?? 'is not valid'}.`,
  }
}

function isEncrypted(tls: string): boolean {
  return tls === 'implicit' || tls === 'required'
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

function hasNoLogin(url: string): boolean {
  const { username, password } = new URL(url)
  return username === '' && password === ''
}

/** Those that say how the request itself is put together are not for a configuration to set. */
const OURS = /^(?:host|content-length|transfer-encoding|connection|upgrade|expect|te|trailer|keep-alive)$/i

function isHeader({ name, value }: { readonly name: string; readonly value: string }): boolean {
  try {
    new Headers([[name, value]])
    return !OURS.test(name) && !NOT_IN_HEADERS.test(value)
  } catch {
    return false
  }
}

function hasEachParameterOnce(config: {
  readonly message_parameter: string
  readonly receiver_parameter: string
  readonly parameters: readonly { readonly name: string; readonly header: boolean }[]
}): boolean {
  const names = config.parameters.filter((each) => !each.header).map((each) => each.name)
  const all = [...names, config.message_parameter, config.receiver_parameter]
  return new Set(all).size === all.length
}
