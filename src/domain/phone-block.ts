/** Numbers that differ in their last four digits only stand in one block: operators hand them out, and fraudsters rent them, so. */
const OWN_DIGITS = 4

/** The block of a number: what it shares with its ten thousand neighbours. */
export function blockOf(phone: string): string {
  return phone.slice(0, -OWN_DIGITS)
}

/** `+491511•••••`: one digit less than the block, so that no audit row gives a number away together with its masked end. */
export function maskBlock(phone: string): string {
  return `${phone.slice(0, -OWN_DIGITS - 1)}${'•'.repeat(OWN_DIGITS + 1)}`
}
