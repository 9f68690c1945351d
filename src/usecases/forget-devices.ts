import type { DeviceId } from '#domain/id.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import { type Act, userParty } from './act.ts'
import { inRounds } from './rounds.ts'

export type ForgetDevicesOutcome =
  | { readonly kind: 'forgotten'; readonly devices: number }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'busy' }

/** Forgets the remembered browsers of a user, or one of them: the next sign-in there is asked. Running sessions stay. */
export async function forgetDevices(
  ports: Ports,
  order: { readonly site: string; readonly username: string; readonly device?: string } & Act,
): Promise<ForgetDevicesOutcome> {
  const outcome = await inRounds<ForgetDevicesOutcome>(async () => {
    const at = ports.clock.now()
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const site = file.site.id
    const person = await ports.store.personFile(site, order.username, at)
    if (!person) return { kind: 'unknown-user' }
    const { user } = person
    const one =
      order.device === undefined ? null : await ports.store.userDevice(site, user.id, order.device as DeviceId)
    if (order.device !== undefined && !one) return { kind: 'unknown-device' }
    const devices = one ? 1 : await ports.store.countDevices(site, user.id)
    const change: Change = one
      ? { kind: 'forget-device', device: one.id, at }
      : { kind: 'forget-user-devices', user: user.id, fromEpoch: user.deviceEpoch }
    const committed = await ports.store.commit({
      site,
      at,
      origin: order.origin,
      changes: [change],
      events: [
        {
          ev: 'device.revoked',
          actor: order.actor,
          subject: userParty(user),
          application: null,
          data: { devices, ...(one ? { device: one.id } : {}) },
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'forgotten', devices }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
