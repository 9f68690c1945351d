import type { SiteId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import { sessionOfPass } from '#usecases/hand-over.ts'

/** Most passes that are remembered; the one that was opened first goes first. */
const MOST_PASSES = 10_000

/**
 * Opens passes, each once: what a pass says depends on nothing but its text, its host and the key. Whether the session that it names
 * still lives is another question, and is asked every time.
 */
export function openedPasses(ports: Pick<Ports, 'vault'>): (site: SiteId, host: string, pass: string) => string | null {
  const opened = new Map<string, string>()
  return (site, host, pass) => {
    const key = `${site} ${host} ${pass}`
    const known = opened.get(key)
    if (known !== undefined) return known
    const digest = sessionOfPass(ports, site, host, pass)
    if (digest === null) return null
    opened.set(key, digest)
    const [oldest] = opened.keys()
    if (opened.size > MOST_PASSES && oldest !== undefined) opened.delete(oldest)
    return digest
  }
}
