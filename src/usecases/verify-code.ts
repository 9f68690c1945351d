import { hotp } from '#authenticators/hotp.ts'
import { sameCode } from '#authenticators/same-code.ts'
import { verifyTotp } from '#authenticators/totp.ts'
import type { Asked } from '#challenge/challenge.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { verifyIssuedCode } from './issued-code.ts'
import { verifyHardware } from './verify-hardware.ts'

export type CodeVerdict =
  /** `spends`: what makes this code worthless from now on, beside the challenge that it passes. */
  | { readonly kind: 'right'; readonly evidence: Evidence; readonly spends: readonly Change[] }
  /** A code of the app that was accepted before. */
  | { readonly kind: 'replayed' }
  /** The code that was sent has run out, whatever was typed. */
  | { readonly kind: 'expired' }
  /** `why` is for the audit log alone. `spends`: what is used up all the same, such as the challenge that a passkey answered wrongly. */
  | { readonly kind: 'wrong'; readonly why?: string; readonly spends?: readonly Change[] }

/**
 * Holds a typed code against everything this challenge can be answered with: the user's apps and hardware tokens, if they are among
 * its methods, the code that was sent, over whichever channel, and the one they were given by hand. Every comparison is made whatever the others say.
 */
export function verifyCode(
  { vault }: Pick<Ports, 'vault'>,
  file: ChallengeFile,
  state: Asked,
  code: string,
  now: Instant,
): CodeVerdict {
  const { settings, counters, user } = file
  let replayed = false
  let right: CodeVerdict | undefined
  if (state.methods.includes('app')) {
    for (const app of file.apps) {
      const secret = vault.open(app.sealedSecret, app.id)
      const { parameters, lastStep } = app
      const said = verifyTotp({ secret, code, at: now, lastStep, skewSteps: settings['totp.skew_steps'], parameters })
      if (said.kind === 'replayed') replayed = true
      if (said.kind === 'accepted') {
        const spends: Change = { kind: 'spend-step', authenticator: app.id, step: said.step, at: now }
        right = { kind: 'right', evidence: { kind: 'app', at: now }, spends: [spends] }
      }
    }
  }
  const ofToken = state.methods.includes('hardware') ? verifyHardware({ vault }, file, code, now) : null
  if (ofToken?.kind === 'replayed') replayed = true
  if (ofToken?.kind === 'right') right = ofToken
  const { sent } = state
  if (sent && counters.sealedCodeSecret !== null && now < sent.expiresAt) {
    const secret = vault.open(counters.sealedCodeSecret, `codes:${user.id}`)
    const expected = hotp(secret, sent.counter, { digits: sent.digits })
    if (sameCode(expected, code))
      right = { kind: 'right', evidence: { kind: 'code', over: sent.over, at: now }, spends: [] }
  }
  right = verifyIssuedCode({ vault }, file, code, now) ?? right
  if (right) return right
  if (replayed) return { kind: 'replayed' }
  return sent && now >= sent.expiresAt && state.method !== 'app' ? { kind: 'expired' } : { kind: 'wrong' }
}
