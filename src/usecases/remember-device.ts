import type { AuditEvent, Origin } from '#audit/event.ts'
import type { Device } from '#domain/device.ts'
import { newId, newToken } from '#domain/id.ts'
import type { Method } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'

export interface RememberedDevice {
  readonly device: Device
  /** The bearer token; it exists only here and in the browser. */
  readonly token: string
  readonly changes: readonly Change[]
  readonly events: readonly AuditEvent[]
}

/** A browser that has passed a challenge now, so that it need not be asked again before the interval has gone. */
export function rememberDevice(
  { random, vault }: Pick<Ports, 'random' | 'vault'>,
  file: PersonFile,
  passed: {
    readonly method: Method
    readonly application: string
    readonly rotates: boolean
    readonly now: Instant
    readonly origin: Origin
  },
): RememberedDevice {
  const { user, site } = file
  const token = `dt_${newToken(random.bytes(32))}`
  const device: Device = {
    id: newId('dev', random.bytes(16)),
    site: site.id,
    user: user.id,
    tokenDigest: vault.digest(token),
    rotates: passed.rotates,
    passedAt: passed.now,
    method: passed.method,
    siteEpoch: site.deviceEpoch,
    userEpoch: user.deviceEpoch,
    userAgent: passed.origin.userAgent,
    lastUsedAt: passed.now,
    address: passed.origin.address,
    forgottenAt: null,
  }
  return {
    device,
    token,
    changes: [{ kind: 'add-device', device }],
    events: [ownEvent(user, passed.application, 'device.trusted', { device: device.id })],
  }
}
