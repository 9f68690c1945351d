/**
 * Whether a signature counter tells of a copy (WebAuthn Level 3, 7.2 step 22): one that counts at all must be greater than the last
 * one seen. Passkeys that are kept in step between devices stay at 0, and tell nothing.
 */
export function counterWentBack(last: number, now: number): boolean {
  return (last > 0 || now > 0) && now <= last
}
