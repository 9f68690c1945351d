import type { NodemailerError, SMTPTransportOptions } from 'nodemailer'
import type { Outgoing, SendResult } from '#ports/delivery.ts'
import type { SmtpConfig } from './channel-config.ts'
import { dial, NotReached } from './dial.ts'
import { isMailAddress, parseMailAddress } from './mail-address.ts'
import { renderEmail } from './messages.ts'
import { accessToken } from './oauth2-token.ts'
import { nameLine } from './one-line.ts'
import { secretsOf, serverWords } from './server-words.ts'
import { saidBy, troubleOf } from './smtp-reply.ts'
import { smtpSteps } from './smtp-steps.ts'
import { FREELY, STOPPED, type Way } from './way.ts'

/** The library, which is loaded with the first mail. */
export const loadMail = () => import('nodemailer')

/**
 * One mail over one connection of its own. Connections are not kept: one that the server has quietly dropped in between would eat
 * a code, and a code cannot wait for a second attempt.
 */
export async function sendBySmtp(config: SmtpConfig, outgoing: Outgoing, way: Way = FREELY): Promise<SendResult> {
  const from = parseMailAddress(config.from)
  if (from === undefined) return failed('The sender of this channel is not an email address.', 'lasting')
  if (!isMailAddress(outgoing.to)) return failed('The recipient is not an email address.', 'recipient')

  const limit = AbortSignal.timeout(config.totalSeconds * 1_000)
  const signal = way.closing === undefined ? limit : AbortSignal.any([limit, way.closing])
  const secrets = secretsIn(config, outgoing)
  const steps = smtpSteps(
    config,
    way.note && ((step) => way.note?.({ ...step, says: serverWords(step.says, secrets) })),
  )
  const { subject, text, html } = renderEmail(outgoing)
  try {
    const { createTransport } = await loadMail()
    const auth = await authFor(config, signal, way, secrets)
    const { host, port } = config
    const within = config.connectSeconds * 1_000
    const connection = await dial({ host, port, within, reach: way.reach, signal, note: steps.note })
    const transport = createTransport({ ...transportOptions(config, auth), connection, logger: steps.logger })
    const sent = await transport.sendMail({
      from: { name: nameLine(from.name), address: from.address },
      to: { name: nameLine(outgoing.displayName), address: outgoing.to },
      // Said apart from the headers, so that no reading of a header can add a recipient.
      envelope: { from: from.address, to: [outgoing.to] },
      subject,
      text,
      html,
      messageId: messageId(outgoing.id, from.address),
      // Absences are not to answer it (RFC 3834; the second one is read by Exchange).
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      xMailer: false,
      disableFileAccess: true,
      disableUrlAccess: true,
      signal,
    })
    steps.accepted(sent.response)
    return { kind: 'accepted', reference: sent.serverMessageId ?? sent.messageId }
  } catch (cause) {
    const result = limit.aborted
      ? failed(`The mail server did not finish within ${config.totalSeconds} seconds.`, 'passing')
      : failed(serverWords(reasonOf(cause, config), secrets), trouble(cause))
    steps.broke(cause as NodemailerError, result.why)
    return result
  }
}

/** The same for the same delivery: a mail that was sent twice is shown once by most readers, and a bounce names it. */
function messageId(id: string, from: string): string {
  return `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`
}

type Auth = SMTPTransportOptions['auth']

async function authFor(config: SmtpConfig, signal: AbortSignal, way: Way, secrets: string[]): Promise<Auth> {
  const { user, password, oauth2 } = config
  if (user === undefined) return undefined
  if (oauth2 === undefined) return { user, pass: password ?? '' }
  const token = 'access_token' in oauth2 ? oauth2.access_token : await accessToken(oauth2, signal, way)
  secrets.push(token, `user=${user}\u0001auth=Bearer ${token}\u0001\u0001`)
  return { type: 'OAuth2', user, accessToken: token }
}

function secretsIn(config: SmtpConfig, outgoing: Outgoing): string[] {
  const { password = '', user = '', oauth2 } = config
  const tokens =
    oauth2 === undefined
      ? []
      : 'access_token' in oauth2
        ? [oauth2.access_token]
        : [oauth2.client_secret, oauth2.refresh_token]
  return [password, `\0${user}\0${password}`, ...tokens, ...secretsOf(outgoing.letter)]
}

function transportOptions(config: SmtpConfig, auth: Auth): SMTPTransportOptions {
  const { host, port, tls, ca } = config
  const connect = config.connectSeconds * 1_000
  const total = config.totalSeconds * 1_000
  return {
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'none',
    opportunisticTLS: tls === 'opportunistic',
    tls: {
      // Encryption to whoever answers beats none, where none would be accepted too.
      rejectUnauthorized: tls !== 'opportunistic',
      ...(ca === undefined ? {} : { ca }),
    },
    ...(auth === undefined ? {} : { auth }),
    // The library's own limits are minutes.
    dnsTimeout: connect,
    connectionTimeout: connect,
    greetingTimeout: connect,
    socketTimeout: total,
    socketCloseTimeout: 1_000,
    maxResponseSize: 64 * 1_024,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function reasonOf(cause: unknown, config: SmtpConfig): string {
  if (cause instanceof NotReached) return `The mail server was not reached: ${cause.message}`
  const { code } = cause as NodemailerError
  return code === 'EABORT' ? STOPPED : saidBy(cause as NodemailerError, config)
}

function trouble(cause: unknown) {
  return cause instanceof NotReached ? cause.trouble : troubleOf(cause as NodemailerError)
}

function failed(why: string, kind: Extract<SendResult, { kind: 'failed' }>['trouble']) {
  return { kind: 'failed', why, trouble: kind } as const
}
