import { createTransport, type NodemailerError, type SMTPTransportOptions } from 'nodemailer'
import type { Outgoing, SendResult } from '#ports/delivery.ts'
import type { SmtpConfig } from './channel-config.ts'
import { isMailAddress, parseMailAddress } from './mail-address.ts'
import { renderEmail } from './messages.ts'
import { nameLine } from './one-line.ts'
import { secretsOf, serverWords } from './server-words.ts'

/**
 * One mail over one connection of its own. Connections are not kept: one that the server has quietly dropped in between would eat
 * a code, and a code cannot wait for a second attempt.
 */
export async function sendBySmtp(config: SmtpConfig, outgoing: Outgoing, closing?: AbortSignal): Promise<SendResult> {
  const from = parseMailAddress(config.from)
  if (from === undefined) return { kind: 'failed', why: 'The sender of this channel is not an email address.' }
  if (!isMailAddress(outgoing.to)) return { kind: 'failed', why: 'The recipient is not an email address.' }

  const limit = AbortSignal.timeout(config.totalSeconds * 1_000)
  const { subject, text, html } = renderEmail(outgoing)
  try {
    const sent = await createTransport(transportOptions(config)).sendMail({
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
      signal: closing === undefined ? limit : AbortSignal.any([limit, closing]),
    })
    return { kind: 'accepted', reference: sent.serverMessageId ?? sent.messageId }
  } catch (cause) {
    if (limit.aborted)
      return { kind: 'failed', why: `The mail server did not finish within ${config.totalSeconds} seconds.` }
    const { password = '', user = '' } = config
    const secrets = [password, `\0${user}\0${password}`, ...secretsOf(outgoing.letter)]
    return { kind: 'failed', why: serverWords(saidBy(cause, config), secrets) }
  }
}

/** The same for the same delivery: a mail that was sent twice is shown once by most readers. */
function messageId(id: string, from: string): string {
  return `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`
}

function transportOptions(config: SmtpConfig): SMTPTransportOptions {
  const { host, port, tls, user, password, ca } = config
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
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password } }),
    // The library's own limits are minutes.
    dnsTimeout: connect,
    connectionTimeout: connect,
    greetingTimeout: connect,
    socketTimeout: total,
    socketCloseTimeout: 1_000,
    maxResponseSize: 64 * 1_024,
    logger: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** The server's reply if there was one, else what happened to the connection. */
function saidBy(cause: unknown, config: SmtpConfig): string {
  const { code, command, response, timeoutType, message } = cause as NodemailerError
  if (code === 'EABORT') return 'Sending was stopped because the server is shutting down.'
  if (timeoutType === 'GREETING_TIMEOUT' || timeoutType === 'CONNECT_TIMEOUT')
    return `The mail server gave no greeting within ${config.connectSeconds} seconds.`
  if (code === 'ETLS' && command === 'STARTTLS' && response)
    return `The mail server does not offer TLS, and nothing is sent in clear: ${response}`
  return response ?? message
}
