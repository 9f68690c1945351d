import { z } from 'zod'
import { checkProof, type EntryProof, proveEntry } from '#usecases/prove-entry.ts'
import { VERIFY_CODES } from './audit-verify.ts'
import { readVerifiers } from './audit-trust.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound } from './job.ts'
import { readText } from './read-text.ts'

const PROOF = z.strictObject({
  entry: z.string(),
  seq: z.int().positive(),
  checkpoint: z.string(),
  path: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
})

/** Prints a proof that one entry is in the log: a JSON document, for whoever has the public key. */
export function proveAuditEntry(job: Job, seq: number): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const outcome = await proveEntry(ports, order.site, seq)
    switch (outcome.kind) {
      case 'proved':
        return job.context.out(`${JSON.stringify(outcome.proof)}\n`)
      case 'unknown-entry':
        throw new Failure(EXIT.notFound, `The log has entries ${outcome.first} to ${outcome.last}, and no ${seq}.`)
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
    }
  })
}

/** Checks a proof with nothing but the public key. */
export async function checkAuditProof(job: Job, path: string, flags: { readonly pubkey: string }): Promise<void> {
  const verdict = checkProof(await readProof(path), await readVerifiers(flags.pubkey))
  if (verdict === 'proved') return answer(job, { verdict }, 'The entry is in the log that the key has signed.')
  if (verdict === 'unsigned') throw new Failure(VERIFY_CODES.unsigned, 'None of these keys has signed the checkpoint.')
  throw new Failure(VERIFY_CODES.broken, 'The entry is not in the log that the key has signed, or not at this place.')
}

async function readProof(path: string): Promise<EntryProof> {
  const proof = PROOF.safeParse(jsonOf(await readText(path)))
  if (proof.success) return proof.data
  throw new Failure(EXIT.usage, `${path} is no proof; "audit prove" prints one.`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
