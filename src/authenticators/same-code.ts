import { timingSafeEqual } from 'node:crypto'

/** Whether two codes are equal, in a time that tells nothing about where they differ. A length is no secret. */
export function sameCode(expected: string, given: string): boolean {
  const left = Buffer.from(expected)
  const right = Buffer.from(given)
  return left.length === right.length && timingSafeEqual(left, right)
}
