import type { Device } from '#domain/device.ts'
import type { Ports } from '#ports/ports.ts'
import type { ListPlace } from '#ports/store.ts'

export type ListDevicesOutcome =
  | { readonly kind: 'listed'; readonly devices: readonly Device[]; readonly next: ListPlace | null }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'unknown-user' }

/** A page of a user's remembered browsers, the last to pass a challenge first. */
export async function listDevices(
  ports: Ports,
  query: {
    readonly site: string
    readonly username: string
    readonly before: ListPlace | null
    readonly limit: number
  },
): Promise<ListDevicesOutcome> {
  const file = await ports.store.siteFile(query.site)
  if (!file) return { kind: 'unknown-site' }
  const person = await ports.store.personFile(file.site.id, query.username, ports.clock.now())
  if (!person) return { kind: 'unknown-user' }
  const { before, limit } = query
  const found = await ports.store.devices(file.site.id, { user: person.user.id, before, limit: limit + 1 })
  const devices = found.slice(0, limit)
  const last = devices.at(-1)
  const next = found.length > limit && last ? { at: last.passedAt, id: last.id } : null
  return { kind: 'listed', devices, next }
}
