import { issueWords } from '#domain/issue-words.ts'
import { z } from 'zod'
import type { Channel } from '#domain/method.ts'
import { parseMailAddress } from './mail-address.ts'
import {
  certificates,
  gateways,
  host,
  http,
  httpUrl,
  oneLineText,
  port,
  seconds,
  secretText,
  smpp,
  twilio,
  vonage,
} from './sms-config.ts'
import type { SmsConfig } from './sms-config.ts'

/** A token of the kind that lives for an hour, or what gets a new one each time (RFC 6749 6). */
const oauth2 = z.union(
  [
    z.strictObject({ access_token: secretText }),
    z.strictObject({
      token_url: httpUrl,
      client_id: oneLineText,
      client_secret: secretText,
      refresh_token: secretText,
      scope: oneLineText.optional(),
    }),
  ],
  'has either an access_token, or token_url, client_id, client_secret and refresh_token',
)

const smtp = z
  .strictObject({
    kind: z.literal('smtp'),
    host,
    port,
    /**
     * `implicit`: TLS from the first byte. `required`: STARTTLS, or nothing is sent. `opportunistic`: STARTTLS if it is offered, with
     * whatever certificate. `none`: in clear.
     */
    tls: z.enum(['implicit', 'required', 'opportunistic', 'none']),
    user: oneLineText.optional(),
    password: secretText.optional(),
    /** In place of a password (XOAUTH2). */
    oauth2: oauth2.optional(),
    from: oneLineText.refine((text) => parseMailAddress(text) !== undefined, 'is not an email address'),
    /** From looking up the name to the greeting and TLS. */
    connectSeconds: seconds(30).default(5),
    /** Of the whole conversation. */
    totalSeconds: seconds(30).default(15),
    /** Certificates in PEM that are trusted instead of the public ones: a mail server with a certificate of the house. */
    ca: certificates.optional(),
  })
  .refine(({ password, oauth2: token }) => password === undefined || token === undefined, {
    path: ['oauth2'],
    message: 'is given in place of a password, not beside it',
  })
  .refine(({ user, password, oauth2: token }) => (user === undefined) === (password === undefined && !token), {
    path: ['user'],
    message: 'is given with a password or oauth2, or neither is',
  })
  .refine(({ user, tls, host: name }) => user === undefined || isEncrypted(tls) || isLoopback(name), {
    path: ['tls'],
    message: 'must be "implicit" or "required" where somebody logs in: the password would travel in clear',
  })

/** The demo's mailbox. */
const captured = z.strictObject({ kind: z.literal('captured') })

export type SmtpConfig = Readonly<z.output<typeof smtp>>
export type CapturedConfig = Readonly<z.output<typeof captured>>
export type ChannelConfig = SmtpConfig | SmsConfig | CapturedConfig

const SCHEMAS = {
  email: z.discriminatedUnion('kind', [smtp, captured]),
  sms: z.discriminatedUnion('kind', [http, smpp, twilio, vonage, gateways, captured]),
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
    problem: `The ${channel} configuration cannot be used: ${where}: ${issueWords(issue)}.`,
  }
}

function isEncrypted(tls: string): boolean {
  return tls === 'implicit' || tls === 'required'
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
