import { createMailbox } from '#delivery/captured.ts'
import type { Channel } from '#domain/method.ts'
import type { Outgoing } from '#ports/delivery.ts'
import { HandClock } from '../hand-clock.ts'
import { courierContract } from './courier-contract.ts'
import { MONDAY_NINE } from './courier-letters.ts'

for (const channel of ['email', 'sms'] as const satisfies readonly Channel[])
  courierContract(`captured ${channel}`, channel, async () => {
    const mailbox = createMailbox({ clock: new HandClock(MONDAY_NINE), wait: () => Promise.resolve() })
    const sendWhile = (behaviour: 'reject' | 'timeout') => async (outgoing: Outgoing) => {
      await mailbox.setBehaviour({ [channel]: behaviour })
      const result = await mailbox.take(outgoing)
      await mailbox.setBehaviour({ [channel]: 'ok' })
      return result
    }
    return {
      send: (outgoing) => mailbox.take(outgoing),
      sendToRefusal: sendWhile('reject'),
      sendToSilence: sendWhile('timeout'),
      arrived: () => mailbox.messages().map(({ id, to, text }) => ({ name: id, to, text })),
      close: () => Promise.resolve(),
    }
  })
