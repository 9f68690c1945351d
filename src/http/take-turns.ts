/** Turns of the event loop from one stranger to the next. In each of them everything else that has arrived is answered. */
const TURNS_APART = 16

/**
 * A gate for requests of those who are not signed in yet, which cost many times what the check of a session does. One goes on in so many
 * turns of the event loop, in the order in which they came, so that a flood of passwords does not keep everybody else waiting. Whoever
 * comes alone goes on at once.
 */
export function takeTurns(turnsApart: number = TURNS_APART): () => Promise<void> {
  const waiting: (() => void)[] = []
  let busy = false

  function afterTurns(left: number): void {
    setImmediate(() => {
      if (left > 1) return afterTurns(left - 1)
      const next = waiting.shift()
      if (next === undefined) busy = false
      else {
        next()
        afterTurns(turnsApart)
      }
    })
  }

  return async () => {
    if (busy) return new Promise<void>((enter) => waiting.push(enter))
    busy = true
    afterTurns(turnsApart)
  }
}
