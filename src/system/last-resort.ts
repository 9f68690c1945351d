/** The process, or the whole machine, has no descriptors, buffers or memory left for one more of something. It passes. */
const SHORTAGES: readonly unknown[] = ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']
const ONCE_IN_MS = 60_000

/**
 * What becomes of an error that nobody caught. A shortage is said once a minute and lived with: to end would drop every request under
 * way, and whatever starts the server again would meet the same shortage. After anything else nobody knows what holds any more: one
 * line, and `end`. `steady`: milliseconds that nobody can set back.
 */
export function lastResort(
  report: (error: unknown) => void,
  { end, steady }: { readonly end: () => void; readonly steady: () => number },
): (error: unknown) => void {
  let saidAt = Number.NEGATIVE_INFINITY
  return (error) => {
    const shortage = error instanceof Error && 'code' in error && SHORTAGES.includes(error.code)
    if (!shortage) {
      report(error)
      return end()
    }
    if (steady() < saidAt + ONCE_IN_MS) return
    saidAt = steady()
    report(error)
  }
}
