import { z } from 'zod'

// What ways of sending an SMS are told apart by, and what they need. The words that mail servers need too stand first.

export const seconds = (most: number) => z.int().min(1).max(most)
const NOT_IN_HEADERS = /\p{Cc}/u
export const oneLineText = z
  .string()
  .min(1)
  .max(1_000)
  .refine((text) => !NOT_IN_HEADERS.test(text), 'has a line break or another control character')
/** Never shown again, also where the rest of the configuration is. */
export const secretText = oneLineText.max(8_000)
export const host = z.string().regex(/^[a-z0-9._:-]+$/i, 'is not the name or address of a host')
export const port = z.int().min(1).max(65_535)
export const certificates = z.string().max(100_000).includes('-----BEGIN CERTIFICATE-----')
export const httpUrl = z
  .url({ protocol: /^https?$/ })
  .refine(hasNoLogin, 'has a user name in it; give it as a header or parameter')
/** Of the first gateway and of its deputies: the person at the login page waits for all of them. */
const timeoutSeconds = seconds(10).default(5)

const header = z.strictObject({
  name: z.string().min(1).max(200),
  value: z.string().max(4_000),
  /** Sent as a header of the request and not as a parameter. */
  header: z.boolean().default(false),
})

/** The fields of an SMS gateway as an ERP administrator knows them: a working gateway is copied over as it is. */
export const http = z
  .strictObject({
    kind: z.literal('http'),
    url: httpUrl,
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
    /** The parameter in which the gateway is told our name of the message, to say it again in receipts. */
    reference_parameter: z.string().min(1).max(200).optional(),
    /** How to read what the gateway sends to the address for receipts, as a form, a query or JSON. */
    receipts: z
      .strictObject({
        reference: z.string().min(1).max(200),
        status: z.string().min(1).max(200),
        delivered: z.array(z.string().min(1).max(200)).min(1).max(20),
        failed: z.array(z.string().min(1).max(200)).min(1).max(20),
        reason: z.string().min(1).max(200).optional(),
      })
      .optional(),
    timeoutSeconds,
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

/** A message centre, spoken to directly (SMPP 3.4). One connection is kept: receipts come over it. */
export const smpp = z.strictObject({
  kind: z.literal('smpp'),
  host,
  port: port.default(2775),
  tls: z.enum(['implicit', 'none']),
  system_id: oneLineText.max(15),
  password: secretText.max(8),
  system_type: oneLineText.max(12).optional(),
  /** Who the message is from: a number with its plus, or up to eleven letters. */
  from: z.string().regex(/^(?:\+[1-9]\d{6,14}|[A-Za-z0-9 ]{1,11})$/, 'is neither a number nor up to eleven letters'),
  ca: certificates.optional(),
  timeoutSeconds,
})

export const twilio = z
  .strictObject({
    kind: z.literal('twilio'),
    account_sid: z.string().regex(/^AC[0-9a-f]{32}$/i, 'is not an account SID, which begins with AC'),
    auth_token: secretText,
    from: oneLineText.max(20).optional(),
    messaging_service_sid: z
      .string()
      .regex(/^MG[0-9a-f]{32}$/i, 'is not a messaging service SID, which begins with MG')
      .optional(),
    api_url: httpUrl.default('https://api.twilio.com'),
    timeoutSeconds,
  })
  .refine(({ from, messaging_service_sid: service }) => (from === undefined) !== (service === undefined), {
    path: ['from'],
    message: 'or messaging_service_sid is needed, and not both',
  })

export const vonage = z.strictObject({
  kind: z.literal('vonage'),
  api_key: oneLineText,
  api_secret: secretText,
  from: oneLineText.max(20),
  api_url: httpUrl.default('https://api.nexmo.com'),
  timeoutSeconds,
})

/** Several gateways, in the order in which they are tried: the next one takes over when one fails. */
export const gateways = z.strictObject({
  kind: z.literal('gateways'),
  gateways: z
    .array(z.discriminatedUnion('kind', [http, smpp, twilio, vonage]))
    .min(1)
    .max(4),
})

export type HttpSmsConfig = Readonly<z.output<typeof http>>
export type SmppConfig = Readonly<z.output<typeof smpp>>
export type TwilioConfig = Readonly<z.output<typeof twilio>>
export type VonageConfig = Readonly<z.output<typeof vonage>>
export type GatewayConfig = HttpSmsConfig | SmppConfig | TwilioConfig | VonageConfig
export type SmsConfig = GatewayConfig | Readonly<z.output<typeof gateways>>

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
