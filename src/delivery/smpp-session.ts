import type { Socket } from 'node:net'
import { connect as secure } from 'node:tls'
import smpp, { type Pdu } from 'smpp'
import { dial, NotReached } from './dial.ts'
import type { SmppConfig } from './sms-config.ts'
import type { Way } from './way.ts'

/** A bound connection to a message centre. It is kept: receipts come over it, minutes later. */
export interface SmppSession {
  /** Whether it can still be used. */
  readonly open: () => boolean
  /** The answer to a message; rejects when the connection ends first. */
  readonly submit: (fields: Readonly<Record<string, unknown>>) => Promise<Pdu>
  readonly close: () => void
}

/** It took the connection and said nothing in time. */
export class Silent extends NotReached {}

/** How often a silent connection is asked whether it is still there, in milliseconds; in between, message centres forget us. */
const ASK_EVERY = 30_000

/** Connects and binds as a transceiver (SMPP 3.4, 4.1). Throws `NotReached`. `receipt` is given what the centre delivers to us. */
export async function bindSmpp(
  config: SmppConfig,
  way: Way,
  within: number,
  receipt: (pdu: Pdu) => void,
): Promise<SmppSession> {
  const { host, port, note } = { ...config, ...way }
  const begun = performance.now()
  const plain = await dial({ host, port, within, reach: way.reach, note })
  const socket = config.tls === 'implicit' ? await encrypted(plain, config, way) : plain
  const session = new smpp.Session({ socket })
  let open = true
  const waiting = new Set<(error: Error) => void>()
  const end = (): void => {
    open = false
    clearInterval(timer)
    for (const fail of waiting) fail(new NotReached('the connection to the message centre ended', 'passing'))
    waiting.clear()
    session.destroy()
  }
  const timer = setInterval(() => void ask((answer) => session.enquire_link(answer), within).catch(end), ASK_EVERY)
  timer.unref()
  session.on('error', end)
  session.on('close', end)
  session.on('unbind', end)
  session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()))
  session.on('deliver_sm', (pdu: Pdu) => {
    session.send(pdu.response())
    receipt(pdu)
  })

  function ask(send: (answer: (pdu: Pdu) => void) => boolean, limit: number): Promise<Pdu> {
    return new Promise((done, fail) => {
      const stop = setTimeout(() => {
        finish(() => fail(new Silent('the message centre did not answer', 'passing')))
        // What it may still say is about a message that was given up.
        end()
      }, limit)
      const refuse = (error: Error): void => finish(() => fail(error))
      const finish = (then: () => void): void => {
        clearTimeout(stop)
        waiting.delete(refuse)
        then()
      }
      waiting.add(refuse)
      if (!send((pdu) => finish(() => done(pdu)))) refuse(new NotReached('the connection has ended', 'passing'))
    })
  }

  const { system_id, password, system_type = '' } = config
  const left = Math.max(within - (performance.now() - begun), 100)
  const asked = performance.now()
  const bound = await ask(
    (answer) => session.bind_transceiver({ system_id, password, system_type, interface_version: 0x34 }, answer),
    left,
  )
  const ok = bound.command_status === 0
  const says = ok
    ? `Bound as ${system_id}.`
    : `The message centre refused the login: ${smppError(bound.command_status)}.`
  note?.({ step: 'auth', ok, milliseconds: Math.round(performance.now() - asked), says })
  if (!ok) {
    end()
    throw new NotReached(says, 'lasting')
  }
  return {
    open: () => open,
    submit: (fields) => ask((answer) => session.submit_sm(fields, answer), within),
    close: () => {
      if (open) session.unbind()
      end()
    },
  }
}

/** `ESME_RTHROTTLED (0x58)`: the name that the specification gives a status. */
export function smppError(status: number): string {
  const name = Object.entries(smpp.errors).find(([, value]) => value === status)?.[0] ?? 'an unknown error'
  return `${name} (0x${status.toString(16)})`
}

function encrypted(socket: Socket, { host, ca }: SmppConfig, { note }: Way): Promise<Socket> {
  const begun = performance.now()
  const told = (ok: boolean, says: string): void =>
    note?.({ step: 'tls', ok, milliseconds: Math.round(performance.now() - begun), says })
  return new Promise((done, fail) => {
    const named = /^[\d.]+$|:/.test(host) ? {} : { servername: host }
    const tls = secure({ socket, host, ...named, ...(ca === undefined ? {} : { ca }) }, () => {
      told(true, tls.getProtocol() ?? 'encrypted')
      done(tls)
    })
    tls.once('error', (error) => {
      told(false, error.message)
      fail(new NotReached(`no encrypted connection to the message centre: ${error.message}`, 'lasting'))
    })
  })
}
