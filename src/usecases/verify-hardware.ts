import { verifyHotp } from '#authenticators/hotp.ts'
import { verifyTotp } from '#authenticators/totp.ts'
import type { HardwareToken } from '#domain/hardware-token.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import type { CodeVerdict } from './verify-code.ts'

/** How often a button may have been pressed in a pocket since the last code (RFC 4226 7.4). */
export const LOOK_AHEAD = 10

/** Holds a code against the hardware tokens of a user; null: it is of none of them. All of them are tried, whatever the first says. */
export function verifyHardware(
  { vault }: Pick<Ports, 'vault'>,
  { hardware, settings }: Pick<PersonFile, 'hardware' | 'settings'>,
  code: string,
  now: Instant,
): Extract<CodeVerdict, { kind: 'right' | 'replayed' }> | null {
  let replayed = false
  let right: Extract<CodeVerdict, { kind: 'right' }> | null = null
  for (const token of hardware) {
    const secret = vault.open(token.sealedSecret, token.id)
    const said = lastOf(token, secret, code, now, settings['totp.skew_steps'])
    if (said === 'replayed') replayed = true
    else if (said !== null) {
      const spends = [{ kind: 'spend-hardware', token: token.id, last: said, at: now }] as const
      right = { kind: 'right', evidence: { kind: 'hardware', at: now }, spends }
    }
  }
  return right ?? (replayed ? { kind: 'replayed' } : null)
}

/** The counter or time step of the code, to be stored as the last accepted one; null: it is not of this token. */
function lastOf(
  token: HardwareToken,
  secret: Uint8Array,
  code: string,
  at: Instant,
  skewSteps: 0 | 1,
): number | 'replayed' | null {
  const { parameters, last } = token
  if (token.moves === 'counter') {
    const said = verifyHotp({ secret, code, counter: last + 1, lookAhead: LOOK_AHEAD, options: parameters })
    return said.kind === 'accepted' ? said.counter - 1 : null
  }
  const said = verifyTotp({ secret, code, at, lastStep: last < 0 ? undefined : last, skewSteps, parameters })
  if (said.kind === 'accepted') return said.step
  return said.kind === 'replayed' ? 'replayed' : null
}
