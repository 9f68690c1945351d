import { seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'

/** How long what a node said about its environment holds after it was last heard of. */
const HEARD_OF = seconds(30)
const NAME = 'environment'

/**
 * All nodes of an installation have to be configured alike: links in mails, and the mail server for every site without its own, would
 * otherwise depend on which of them is asked. The first node's environment holds while a node with it is alive; one with another
 * is told `false`, and takes over half a minute after the last of the others was heard of. `environment` is a digest of what must be
 * the same.
 */
export async function agreeOnEnvironment(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  environment: string,
): Promise<boolean> {
  const now = clock.now()
  const own = `${environment} ${now + HEARD_OF}`
  const held = await store.keep(NAME, own)
  if (held === own) return true
  const [digest, until] = held.split(' ')
  if (digest !== environment && Number(until) > now) return false
  // Another node was faster: the next look tells.
  return (await store.replaceKept(NAME, held, own)) || digest === environment
}
