import { rotateKeys, type RotateKeysOutcome } from '#usecases/rotate-keys.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, busy, inHouse, type Job, say } from './job.ts'
import { progressOn } from './progress.ts'

/** A new key for an installation. The key itself is shown nowhere. */
export async function createKey(job: Job, file: string): Promise<void> {
  const created = await job.context.createKey(file)
  if (created.kind === 'refused') throw new Failure(EXIT.refused, created.message)
  answer(job, { file }, `The new key is in ${file}.`)
  say(
    job,
    'Name it in COUNTERSIGN_KEY_FILE, and keep a copy apart from the database: without it nothing that was sealed opens again.',
  )
}

/** The first step to another key: it is in the file, and every node reads it at its next start. */
export async function addKey(job: Job): Promise<void> {
  const file = await job.context.keyFile()
  const added = await job.context.addKey(file)
  if (added.kind === 'refused') throw new Failure(EXIT.refused, added.message)
  answer(job, { file }, `The first line of ${file} is a new key; the old one is below it.`)
  say(job, 'Copy the file to every node and restart them one by one; then run: countersign keys rotate')
}

/** The second step: everything is sealed with the new key. */
export async function rotateKey(job: Job): Promise<void> {
  await inHouse(job, async ({ ports, act }) => {
    const bar = progressOn(job.context, ports.clock)
    const outcome = await rotateKeys(ports, {
      ...act,
      progress: (done, total) => bar.show('Sealing', done, total),
      pause: () => job.context.pause(1_000),
    }).finally(() => bar.end())
    tell(job, outcome)
  })
}

function tell(job: Job, outcome: RotateKeysOutcome): void {
  switch (outcome.kind) {
    case 'rotated': {
      const { key, before, resealed } = outcome
      answer(
        job,
        { key, before, resealed },
        `${resealed.toLocaleString('en')} secrets were sealed anew; ${key} seals everything.`,
      )
      if (before.length > 0) say(job, retire(before))
      return
    }
    case 'nothing-to-do': {
      const { key, idle } = outcome
      answer(job, { key, before: [], resealed: 0 }, `${key}, the first key of the key file, seals everything already.`)
      return say(job, idle.length > 0 ? retire(idle) : 'For another key: countersign keys add')
    }
    case 'nodes-without-key':
      throw new Failure(
        EXIT.refused,
        `${outcome.nodes.join(', ')} cannot read what ${outcome.key} seals: give every node the same key file, restart it, and try again. Nothing was changed.`,
      )
    case 'unfinished':
      throw new Failure(
        EXIT.failed,
        `${outcome.left} secrets are left${outcome.nodes.length > 0 ? `, and ${outcome.nodes.join(', ')} may still seal with the old key` : ''}. Both keys are needed: run it again.`,
      )
    case 'damaged':
      throw new Failure(
        EXIT.failed,
        `These do not open with any key of the key file, and the old key stays in use: ${outcome.rows.join('; ')}.`,
      )
    case 'busy':
      throw busy()
  }
}

function retire(keys: readonly string[]): string {
  return `${keys.join(' and ')} seals nothing any more: take the lines below the first out of the key file of every node, and keep them apart for as long as backups from before are kept.`
}
