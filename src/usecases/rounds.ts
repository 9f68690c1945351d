/** How often a use case reads and decides again when somebody was faster. */
const ROUNDS = 4

/**
 * Reads, decides and commits until the commit holds. Each round must read anew. After four lost rounds the answer is `busy`: the
 * caller is told to come back, and has been told nothing else.
 */
export async function inRounds<T>(round: () => Promise<T | 'conflict'>): Promise<T | 'busy'> {
  for (let count = 0; count < ROUNDS; count++) {
    const outcome = await round()
    if (outcome !== 'conflict') return outcome
  }
  return 'busy'
}
