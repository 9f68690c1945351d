import assert from 'node:assert/strict'
import { fromBase32 } from '#authenticators/base32.ts'
import { totp, totpStep } from '#authenticators/totp.ts'
import { NEW_TOTP } from '#domain/authenticator.ts'
import type { World } from './world.ts'

/** The secret that a page shows as text. */
export function bytesOf(secret: string): Uint8Array {
  return fromBase32(secret) ?? assert.fail('no secret in base 32')
}

/** What an authenticator app with this secret shows now. */
export function totpNow(at: World, secret: Uint8Array): string {
  return totp(secret, totpStep(at.clock.now(), NEW_TOTP.period), NEW_TOTP)
}
