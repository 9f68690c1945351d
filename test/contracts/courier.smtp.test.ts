import type { SmtpConfig } from '#delivery/channel-config.ts'
import { sendBySmtp } from '#delivery/smtp.ts'
import { CERTIFICATE } from './courier-certificate.ts'
import { courierContract } from './courier-contract.ts'
import { mailServer, scriptedServer } from './courier-mail-server.ts'

courierContract('smtp', 'email', async () => {
  const taking = await mailServer({ tls: 'starttls' })
  const refusing = await mailServer({ tls: 'starttls', refuseMessage: (raw) => `554 ${raw}` })
  const silent = await scriptedServer(null, () => null)
  const config = (port: number): SmtpConfig => ({
    kind: 'smtp',
    host: '127.0.0.1',
    port,
    tls: 'required',
    from: 'Acme ERP <no-reply@acme.test>',
    connectSeconds: 0.3,
    totalSeconds: 0.4,
    ca: CERTIFICATE,
  })
  // A healthy server gets the time it needs, also on a busy machine.
  const patient = (port: number) => ({ ...config(port), connectSeconds: 30, totalSeconds: 30 })
  return {
    send: (outgoing) => sendBySmtp(patient(taking.port), outgoing),
    sendToRefusal: (outgoing) => sendBySmtp(patient(refusing.port), outgoing),
    sendToSilence: (outgoing) => sendBySmtp(config(silent.port), outgoing),
    arrived: () =>
      taking.received.map(({ to, mail }) => ({ name: mail.messageId ?? '', to: to.join(), text: mail.text ?? '' })),
    close: async () => {
      await Promise.all([taking.close(), refusing.close(), silent.close()])
    },
  }
})
