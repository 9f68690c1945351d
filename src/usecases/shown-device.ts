import type { AuditEvent } from '#audit/event.ts'
import type { Device } from '#domain/device.ts'
import { newToken } from '#domain/id.ts'
import { type Instant, seconds } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { RetiredToken } from '#ports/device-tokens.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { noticeTo } from './new-code.ts'

/** For so long the token before is taken too: of two tabs that sign in at once, one comes with the token that the other has just replaced. */
export const DEVICE_TOKEN_GRACE = seconds(15)

/** Sessions of one user that are looked through for those that a stolen token has opened. */
const LOOKED_THROUGH = 500

/** What a right password and the token that came with it say of the browser. */
export interface ShownDevice {
  readonly file: PersonFile
  readonly changes: readonly Change[]
  readonly events: readonly AuditEvent[]
}

/**
 * Finds the remembered browser by a token that may have been replaced since. Within `DEVICE_TOKEN_GRACE` the one before the present one
 * is as good. Any other old token means that the cookie is in two hands, and nobody can say which of them is its owner's: the browser
 * is forgotten, the sessions end that it has opened, and the owner is told. `token` is as it was shown, after the password.
 */
export async function shownDevice(
  ports: Pick<Ports, 'store' | 'vault' | 'random'>,
  file: PersonFile,
  shown: { readonly token: string | undefined; readonly application: string; readonly now: Instant },
): Promise<ShownDevice> {
  const { site, user } = file
  const { token, now } = shown
  const asIs = { file, changes: [], events: [] }
  if (token === undefined || file.device !== null) return asIs
  const retired = await ports.store.retiredToken(site.id, user.id, ports.vault.digest(token))
  if (!retired) return asIs
  if (isJustReplaced(ports, retired, token, now)) return { ...asIs, file: { ...file, device: retired.device } }
  const { device } = retired
  const query = { user: user.id, now, before: null, limit: LOOKED_THROUGH }
  const opened = (await ports.store.sessions(site.id, query)).filter(
    ({ session }) => session.device === device.id && session.rule === 'remembered_device',
  )
  const said = { reason: 'device_token_reuse', device: device.id, sessions: opened.length }
  return {
    file,
    changes: [
      { kind: 'forget-device', device: device.id, at: now },
      ...opened.map(({ session }) => ({ kind: 'end-session', session: session.id, at: now }) as const),
      ...noticeTo(ports, file, 'device_token_reused', now),
    ],
    events: [ownEvent(user, shown.application, 'device.rejected', said)],
  }
}

/** A remembered browser has spared its owner a challenge. `token` is the one it holds from now on; null: the one it has. */
export function useDevice(
  { vault }: Pick<Ports, 'vault'>,
  device: Device,
  used: { readonly token: string | undefined; readonly address: string | null; readonly now: Instant },
): { readonly token: string | null; readonly changes: readonly Change[] } {
  const { address, now: at } = used
  const use: Change = { kind: 'use-device', device: device.id, address, at }
  if (!device.rotates || used.token === undefined) return { token: null, changes: [use] }
  const token = nextToken({ vault }, used.token)
  const to = vault.digest(token)
  // Another tab was first: this one is given what that one was given, whichever answer comes last.
  if (to === device.tokenDigest) return { token, changes: [use] }
  const from = device.tokenDigest
  return {
    token,
    changes: [
      { kind: 'rotate-device', device: device.id, from, to, address, at },
      { kind: 'retire-device-token', site: device.site, device: device.id, tokenDigest: from, at },
    ],
  }
}

/**
 * The token that follows another, made by our key: without it nobody gets from one to the next, and whoever asks twice gets the same. So
 * a browser whose answer was lost on the way is not left behind.
 */
function nextToken({ vault }: Pick<Ports, 'vault'>, token: string): string {
  return `dt_${newToken(Buffer.from(vault.digest(`the token after ${token}`), 'hex'))}`
}

function isJustReplaced(
  ports: Pick<Ports, 'vault'>,
  { device, retiredAt }: RetiredToken,
  token: string,
  now: Instant,
): boolean {
  return now < retiredAt + DEVICE_TOKEN_GRACE && ports.vault.digest(nextToken(ports, token)) === device.tokenDigest
}
