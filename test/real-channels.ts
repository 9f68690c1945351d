import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import type { Channel } from '#domain/method.ts'
import { setChannel } from '#usecases/channels.ts'
import {
  mailServer,
  type MailServer,
  type MailServerOptions,
  type ScriptedServer,
  scriptedServer,
} from './contracts/courier-mail-server.ts'
import { smsGateway, type SmsGateway } from './contracts/courier-sms-gateway.ts'
import { ADMIN, type World } from './world.ts'

// Channels of the demo's site over real connections, to servers that take messages and to servers that do not.

/** Sets a channel up as an administrator does; answers where its receipts go. */
export async function setUp(at: World, channel: Channel, config: object): Promise<string> {
  const outcome = await setChannel(at.ports, { ...ADMIN, site: DEMO_SITE, channel, config })
  assert.ok(outcome.kind === 'saved' && outcome.receipts !== null, JSON.stringify(outcome))
  // Administrators are told over the channel before; those messages are no part of what follows.
  await at.pump()
  return outcome.receipts
}

/** The email of the site goes over the mail server at this port of ours. */
export function mailOver(at: World, port: number, more: object = {}): Promise<string> {
  const from = 'Acme <no-reply@acme.test>'
  return setUp(at, 'email', { kind: 'smtp', host: '127.0.0.1', port, tls: 'none', from, connectSeconds: 30, ...more })
}

/** The SMS of the site go to the gateway at this address. */
export function smsOver(at: World, url: string, more: object = {}): Promise<string> {
  return setUp(at, 'sms', { kind: 'http', url, message_parameter: 'text', receiver_parameter: 'to', ...more })
}

export async function mail(t: TestContext, options?: MailServerOptions): Promise<MailServer> {
  const running = await mailServer(options)
  t.after(() => running.close())
  return running
}

export async function gateway(t: TestContext, answer?: Parameters<typeof smsGateway>[0]): Promise<SmsGateway> {
  const running = await smsGateway(answer)
  t.after(() => running.close())
  return running
}

/** A server that takes connections and says nothing; it tells when the first one has come. */
export async function silence(t: TestContext): Promise<ScriptedServer> {
  const running = await scriptedServer(null, () => null)
  t.after(() => running.close())
  return running
}

/** The code in the text of a message that arrived. */
export function codeIn(text: string | undefined): string {
  return /\b\d{6}\b/.exec(text ?? '')?.[0] ?? assert.fail('there is no code')
}
