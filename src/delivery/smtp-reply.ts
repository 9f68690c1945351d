import type { NodemailerError } from 'nodemailer'
import type { Trouble } from '#domain/delivery.ts'
import type { SmtpConfig } from './channel-config.ts'

/** The server's reply if there was one, else what happened to the connection. */
export function saidBy(cause: NodemailerError, config: SmtpConfig): string {
  const { code, command, response, timeoutType, message } = cause
  if (timeoutType === 'GREETING_TIMEOUT' || timeoutType === 'CONNECT_TIMEOUT')
    return `The mail server gave no greeting within ${config.connectSeconds} seconds.`
  if (code === 'ETLS' && command === 'STARTTLS' && response)
    return `The mail server does not offer TLS, and nothing is sent in clear: ${response}`
  return response ?? message
}

/**
 * What kind of trouble it is (RFC 5321 4.2.1, RFC 3463). A 4xx passes. Of the 5xx the mailbox is to blame when the reply to its name
 * says so (5.1.x: no such address; 5.2.x: its mailbox), and the server for all the rest: logins, relaying, policy.
 */
export function troubleOf({ code, command, response, responseCode, message }: NodemailerError): Trouble {
  const status = responseCode ?? (Number(/^[245]\d\d/.exec(response ?? '')?.[0]) || 0)
  if (status >= 400 && status < 500 && code !== 'ETLS') return 'passing'
  if (status >= 500) {
    if (!command?.startsWith('RCPT')) return 'lasting'
    const [, subject] = /^\d{3}[ -]5\.(\d{1,3})\./.exec(response ?? '') ?? []
    if (subject !== undefined) return subject === '1' || subject === '2' ? 'recipient' : 'lasting'
    return [550, 551, 553].includes(status) ? 'recipient' : 'lasting'
  }
  if (code === 'ETLS' || code === 'EAUTH' || code === 'EOAUTH2') return 'lasting'
  return /certificate|self-signed|hostname\/ip/i.test(message) ? 'lasting' : 'passing'
}
