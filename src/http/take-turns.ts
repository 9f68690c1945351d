/** Turns of the event loop from one stranger to the next. In each of them everything else that has arrived is answered. */
const TURNS_APART = 16
/** Strangers who go on in the same turn: what they write then shares one flush to the disk, which is most of what a commit costs. */
const MOST_TOGETHER = 16

/**
 * A gate for requests of those who are not signed in yet, which cost many times what the check of a session does. Those who wait go on
 * together, a few at a time and in the order in which they came, and the more there were the more turns of the event loop pass until the
 * next ones, so that a flood of passwords does not keep everybody else waiting. Whoever comes alone goes on at once.
 */
export function takeTurns(turnsApart = TURNS_APART, mostTogether = MOST_TOGETHER): () => Promise<void> {
  const waiting: (() => void)[] = []
  let busy = false

  function afterTurns(left: number): void {
    setImmediate(() => {
      if (left > 1) return afterTurns(left - 1)
      const next = waiting.splice(0, mostTogether)
      busy = next.length > 0
      for (const enter of next) enter()
      if (busy) afterTurns(turnsApart * next.length)
    })
  }

  return async () => {
    if (busy) return new Promise<void>((enter) => waiting.push(enter))
    busy = true
    afterTurns(turnsApart)
  }
}
