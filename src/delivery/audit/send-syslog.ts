import { createSocket } from 'node:dgram'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { cefMessage, gapMessage, syslogMessage } from '#audit/syslog.ts'
import type { StreamBatch } from '#ports/audit-streams.ts'
import type { SyslogConfig } from './sink-config.ts'

const LIMIT_MS = 10_000

/** Entries as syslog messages: each a datagram, or framed by its length on one connection (RFC 6587 3.4.1; RFC 5425 4.3 over TLS). */
export async function sendSyslog(config: SyslogConfig, batch: StreamBatch): Promise<void> {
  const message = config.format === 'cef' ? cefMessage : syslogMessage
  const gap = batch.missing === null ? [] : [gapMessage(batch.siteName, config.hostname, batch.sentAt, batch.missing)]
  const lines = [...gap, ...batch.rows.map((row) => message(batch.siteName, config.hostname, row))]
  if (config.protocol === 'udp') return sendDatagrams(config, lines)
  const framed = Buffer.concat(
    lines.map((line) => {
      const bytes = Buffer.from(line)
      return Buffer.concat([Buffer.from(`${bytes.length} `), bytes])
    }),
  )
  await sendStream(config, framed)
}

function sendStream({ host, port, protocol, ca }: SyslogConfig, bytes: Uint8Array): Promise<void> {
  const trust = ca === undefined ? {} : { ca }
  const named = isIP(host) === 0 ? { servername: host } : {}
  return new Promise((resolve, reject) => {
    const write = (): void => void socket.end(bytes)
    const socket: Socket =
      protocol === 'tls' ? connectTls({ host, port, ...named, ...trust }, write) : connectTcp({ host, port }, write)
    socket.setTimeout(LIMIT_MS, () => socket.destroy(new Error(`no answer within ${LIMIT_MS / 1_000} seconds`)))
    // The receiver says nothing on this protocol; that it let us finish and hang up is all there is.
    socket.on('close', (failed) => (failed ? undefined : resolve()))
    socket.on('error', reject)
    socket.resume()
  })
}

function sendDatagrams({ host, port }: SyslogConfig, lines: readonly string[]): Promise<void> {
  const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4')
  const each = lines.map(
    (line) =>
      new Promise<void>((resolve, reject) => {
        socket.send(line, port, host, (error) => (error ? reject(error) : resolve()))
      }),
  )
  return Promise.all(each)
    .then(() => undefined)
    .finally(() => socket.close())
}
