import type { Ports } from '#ports/ports.ts'
import { HEARD_OF } from './announce-node.ts'
import { fine, type Finding, warning, wrong } from './finding.ts'
import { keysInUse } from './keys-in-use.ts'

/** What state the keys of this installation are in: one that seals everything, one that takes the place of another, or some too many. */
export async function examineKeys({ store, vault, clock }: Ports): Promise<Finding> {
  const { ids } = vault.ring
  const [seals = '', ...before] = await keysInUse(store)
  const left = await store.countSealed(seals)
  const behind = (await store.servingNodes(clock.now() - HEARD_OF)).filter(({ keys }) => !keys.includes(ids[0] ?? ''))
  if (before.length > 0)
    return warning(
      'keys',
      `${seals} is taking the place of ${before.join(' and ')}: ${left} secrets are still sealed with the old key.`,
      'countersign keys rotate takes it up again. Keep both keys in the key file until it is done.',
    )
  if (left > 0)
    return wrong(
      'keys',
      `${left} secrets are sealed with another key than ${seals}, which seals everything else.`,
      'countersign keys rotate seals them anew, if the key that they were sealed with is in the key file.',
    )
  const idle = ids.filter((each) => each !== seals)
  if (idle.length === 0) return fine('keys', `${seals} seals everything.`)
  if (ids[0] === seals)
    return warning(
      'keys',
      `${idle.join(' and ')} in the key file seals nothing any more.`,
      'Take its line out of the key file of every node, and keep it apart for as long as backups from before are kept.',
    )
  return behind.length > 0
    ? warning(
        'keys',
        `${ids[0]} is new in the key file; ${behind.map(({ name }) => name).join(', ')} have not read it yet.`,
        'Restart them with this key file, then: countersign keys rotate.',
      )
    : warning(
        'keys',
        `${ids[0]} is new in the key file and seals nothing yet.`,
        'countersign keys rotate puts it in use.',
      )
}
