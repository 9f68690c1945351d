import { z } from 'zod'
import { CHANNELS } from '#domain/method.ts'
import { SEND_STEPS } from '#ports/delivery.ts'
import { CHANNEL_HEALTH } from '#usecases/delivery-health.ts'
import { moment } from './schemas.ts'

// What the API takes and tells about channels. No shape has room for a secret.

const channel = z.enum(CHANNELS)
const said = z.object({ at: moment, says: z.string() }).nullable()

const text = z.string().optional()
const parts = z.array(z.record(z.string(), z.unknown())).optional()
/** What there is in any kind of channel; which fields a kind takes and needs is said when it is saved, and in docs/delivery.md. */
export const ChannelConfig = z
  .strictObject({
    kind: z.enum(['smtp', 'http', 'smpp', 'twilio', 'vonage', 'gateways', 'captured', 'off']),
    host: text,
    port: z.int().optional(),
    tls: text,
    user: text,
    password: text,
    oauth2: z.record(z.string(), z.string()).optional(),
    from: text,
    ca: text,
    connectSeconds: z.int().optional(),
    totalSeconds: z.int().optional(),
    timeoutSeconds: z.int().optional(),
    url: text,
    method: text,
    message_parameter: text,
    receiver_parameter: text,
    reference_parameter: text,
    parameters: parts,
    json: z.boolean().optional(),
    accept_status: z.array(z.int()).optional(),
    accept_text: text,
    receipts: z.record(z.string(), z.unknown()).optional(),
    system_id: text,
    system_type: text,
    account_sid: text,
    auth_token: text,
    messaging_service_sid: text,
    api_key: text,
    api_secret: text,
    api_url: text,
    gateways: parts,
  })
  .meta({ description: 'smtp is for email; http, smpp, twilio, vonage and gateways for SMS; off switches either off.' })
const removal = z
  .object({ leaves: z.enum(['off', 'unset']), asked_by: z.string(), due_at: moment })
  .nullable()
  .meta({ description: 'It is to be taken away then, and is in force until then. DELETE …/removal keeps it.' })
export const ChannelView = z.object({
  channel,
  state: z.enum(['unconfigured', 'off', 'configured', 'unreadable']),
  owner: z.enum(['site', 'server']).nullable().meta({ description: 'Who has set it up.' }),
  config: z
    .record(z.string(), z.unknown())
    .nullable()
    .meta({ description: 'Without its secrets; null where it is the server’s.' }),
  secrets_set: z
    .array(z.string())
    .meta({ description: 'Where a secret is set, like password. A PUT that leaves it out keeps it.' }),
  removal,
})
export const ChannelSaved = ChannelView.extend({
  receipts_url: z.string().nullable().meta({
    description: 'Where a gateway or mail server sends receipts. It is told this once; saving makes another one.',
  }),
})
export const ChannelPage = z.object({ items: z.array(ChannelView), next_cursor: z.null() })

export const DeliveryTest = z.strictObject({
  channel,
  to: z
    .string()
    .max(254)
    .meta({ description: 'An email address or a phone number.', examples: ['root@acme.test'] }),
})
const steps = z.array(
  z.object({
    step: z.enum(SEND_STEPS),
    ok: z.boolean(),
    milliseconds: z.int(),
    says: z.string().meta({ description: 'The server’s own words, without secrets.' }),
  }),
)
export const DeliveryTested = z.object({
  status: z.enum(['sent', 'failed']),
  channel,
  steps,
  reference: z.string().nullable().meta({ description: 'What the server calls the message.' }),
  error: z.string().nullable(),
  expires_at: moment.nullable().meta({ description: 'Until when the code can be typed back.' }),
})
export const DeliveryConfirm = z.strictObject({
  code: z
    .string()
    .max(64)
    .meta({ examples: ['123456'] }),
})
export const DeliveryProved = z.object({ channel, proved_at: moment, proved_by: z.string(), to: z.string() })

const counts = z.object({
  queued: z.int(),
  retrying: z.int(),
  accepted: z.int(),
  delivered: z.int(),
  failed: z.int(),
})
export const DeliveryHealthBody = z.object({
  channels: z.array(
    z.object({
      channel,
      state: z.enum(CHANNEL_HEALTH),
      owner: z.enum(['site', 'server']).nullable(),
      proved: z.object({ at: moment, by: z.string(), to: z.string() }).nullable(),
      test: z.object({ to: z.string(), by: z.string(), expires_at: moment }).nullable().meta({
        description: 'A code that was sent and can still be typed back.',
      }),
      last_error: said.meta({ description: 'In the server’s own words.' }),
      last_passed_over: said.meta({ description: 'The first gateway did not take a message, and another one did.' }),
      last_accepted_at: moment.nullable(),
      removal,
      last_24_hours: counts,
      failure_rate: z.number().nullable(),
    }),
  ),
  armed_not_enforced: z.boolean().meta({
    description: 'The policy asks for a channel that nobody has set up, and lets people in without it. Show it in red.',
  }),
  let_in: z.int().meta({ description: 'Users who get in with the password alone for that reason.' }),
  users: z
    .array(z.object({ username: z.string(), display_name: z.string(), warnings: z.array(z.string()) }))
    .meta({ description: 'Whose address is missing, invalid or has sent messages back.' }),
})
