import type { DeviceId, SessionId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import { ownEvent } from './act.ts'
import { endOthers, type OwnOrder, type OwnRefusal, overOwn } from './own-account.ts'

export type EndOwnSessionOutcome = { readonly kind: 'ended' } | { readonly kind: 'unknown-session' } | OwnRefusal

/** A user ends one of their sessions, or, without naming one, all but this. */
export async function endOwnSession(
  ports: Ports,
  order: OwnOrder & { readonly session: SessionId | null },
): Promise<EndOwnSessionOutcome> {
  return overOwn<Exclude<EndOwnSessionOutcome, OwnRefusal>>(ports, order, 'end-session', async (file, now) => {
    const { user, session } = file
    if (order.session === null) {
      const { changes, events } = endOthers(file)
      const [first, ...more] = events
      if (!first) throw new Error('that others end is written down')
      return { changes, events: [first, ...more], outcome: { kind: 'ended' } }
    }
    const found = await ports.store.userSession(file.site.id, user.id, order.session)
    if (!found) return { kind: 'unknown-session' }
    if (found.endedAt !== null) return { kind: 'ended' }
    return {
      changes: [{ kind: 'end-session', session: found.id, at: now }],
      events: [ownEvent(user, session.application, 'session.revoked', { sessions: 1, session: found.id })],
      outcome: { kind: 'ended' },
    }
  })
}

export type ForgetOwnDeviceOutcome = { readonly kind: 'forgotten' } | { readonly kind: 'unknown-device' } | OwnRefusal

/** A user has one of their remembered browsers forgotten, or, with a fresh proof, all of them. */
export async function forgetOwnDevice(
  ports: Ports,
  order: OwnOrder & { readonly device: DeviceId | null },
): Promise<ForgetOwnDeviceOutcome> {
  const fresh = order.device === null ? 'forget-devices' : null
  return overOwn<Exclude<ForgetOwnDeviceOutcome, OwnRefusal>>(ports, order, fresh, async (file, now) => {
    const { user, session, site } = file
    const about = (data: Record<string, string | number>) => ownEvent(user, session.application, 'device.revoked', data)
    if (order.device === null) {
      const devices = await ports.store.countDevices(site.id, user.id)
      return {
        changes: [{ kind: 'forget-user-devices', user: user.id, fromEpoch: user.deviceEpoch }],
        events: [about({ devices })],
        outcome: { kind: 'forgotten' },
      }
    }
    const found = await ports.store.userDevice(site.id, user.id, order.device)
    if (!found) return { kind: 'unknown-device' }
    return {
      changes: [{ kind: 'forget-device', device: found.id, at: now }],
      events: [about({ devices: 1, device: found.id })],
      outcome: { kind: 'forgotten' },
    }
  })
}
