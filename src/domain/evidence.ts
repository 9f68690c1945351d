import { type Method, weakest } from './method.ts'
import type { Instant } from './time.ts'

/** What was proved, with what and when. Factors are computed from it and never stored as a claim. */
export type Evidence =
  | { readonly kind: 'password'; readonly at: Instant }
  | { readonly kind: 'app'; readonly at: Instant }
  | { readonly kind: 'code'; readonly over: readonly ['email' | 'sms', ...('email' | 'sms')[]]; readonly at: Instant }
  | { readonly kind: 'external'; readonly provider: string; readonly multiFactor: boolean; readonly at: Instant }
  /** A code that somebody was given, by the operator of the server or by the helpdesk: no factor, and never called one. */
  | { readonly kind: 'break_glass'; readonly by: 'operator' | 'helpdesk'; readonly at: Instant }
  /** `userVerified`: its device has asked for a PIN, a finger or a face. `deviceBound`: its key cannot be copied. */
  | { readonly kind: 'passkey'; readonly userVerified: boolean; readonly deviceBound: boolean; readonly at: Instant }
  /** A code of a hardware token. */
  | { readonly kind: 'hardware'; readonly at: Instant }
  /** A recovery code: it stands in for what was lost, and is claimed as nothing more. */
  | { readonly kind: 'recovery'; readonly at: Instant }

/**
 * Authentication method references (RFC 8176 names; `email` is private to us: a mailbox is not a possession factor).
 * Several proofs are `mfa` only if they are of different kinds and neither is a mailbox.
 */
export function amr(evidence: readonly Evidence[]): readonly string[] {
  const names = evidence.flatMap(amrNames)
  return hasTwoFactors(evidence) ? [...names, 'mfa'] : names
}

function amrNames(each: Evidence): string | readonly string[] {
  switch (each.kind) {
    case 'password':
      return 'pwd'
    case 'app':
    case 'hardware':
      return 'otp'
    case 'passkey':
      // `user`: somebody was there and touched it. How its device knew them it does not tell.
      return [each.deviceBound ? 'hwk' : 'swk', 'user']
    case 'recovery':
      return 'recovery'
    case 'code':
      return weakest(each.over)
    case 'external':
      return 'external'
    case 'break_glass':
      return each.by === 'operator' ? 'break_glass' : 'helpdesk'
  }
}

/**
 * Something known and something held. A code sent to a mailbox never counts as held (NIST SP 800-63B-4 3.1.3.1), nor does a recovery
 * code. A passkey whose device has verified its user is both by itself (3.1.7.2).
 */
export function hasTwoFactors(evidence: readonly Evidence[]): boolean {
  if (evidence.some((each) => each.kind === 'passkey' && each.userVerified)) return true
  const known = evidence.some((each) => each.kind === 'password')
  const held = evidence.some((each) => isHeld(each) || (each.kind === 'code' && weakest(each.over) === 'sms'))
  return known && held
}

/** `aal2` only for two factors of different kinds, shown in this sign-in. */
export function acr(evidence: readonly Evidence[]): 'aal1' | 'aal2' {
  return hasTwoFactors(evidence) ? 'aal2' : 'aal1'
}

/** The method that proved the second factor, if one did. */
export function secondFactor(evidence: readonly Evidence[]): Method | undefined {
  for (const each of evidence) {
    if (each.kind === 'recovery' || isHeld(each)) return each.kind
    if (each.kind === 'code') return weakest(each.over)
  }
  return undefined
}

/** When it was proved; undefined when no second factor was shown. */
export function secondFactorAt(evidence: readonly Evidence[]): Instant | undefined {
  return evidence.find((each) => secondFactor([each]) !== undefined)?.at
}

function isHeld(each: Evidence): each is Extract<Evidence, { kind: 'app' | 'passkey' | 'hardware' }> {
  return each.kind === 'app' || each.kind === 'passkey' || each.kind === 'hardware'
}
