import { performance } from 'node:perf_hooks'
import { canonicalJson } from '#audit/canonical.ts'
import { type ChainedEntry, entryHash, GENESIS } from '#audit/chain.ts'
import { verifyLog } from '#audit/verify-log.ts'
import type { Job } from '../jobs.ts'
import { figure, middle } from '../result.ts'

/** A log in memory, as `audit verify` reads it from a bundle. */
export const auditVerify: Job = {
  name: 'audit-verify',
  letter: 'f',
  says: 'entries of an audit log verified: chain, canonical form and hash tree',
  run: async ({ quick }) => {
    const log = entries(quick ? 5_000 : 100_000)
    const rates: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const from = performance.now()
      const verdict = await verifyLog(log, { verifiers: [] })
      if (verdict.kind !== 'ok') throw new Error(`the log is not whole: ${verdict.kind}`)
      rates.push(log.length / ((performance.now() - from) / 1_000))
    }
    const must = { says: '≥ 100,000 entries a second', held: middle(rates) >= 100_000, only: 'aim' } as const
    return [figure({ job: 'audit-verify', contestant: 'countersign', unit: 'entries a second' }, rates, must)]
  },
}

function entries(count: number): { entry: string; hash: string }[] {
  const made: { entry: string; hash: string }[] = []
  for (let seq = 1; seq <= count; seq += 1) {
    const entry: ChainedEntry = {
      v: 1,
      site: 'site_acme',
      seq,
      prev: made.at(-1)?.hash ?? GENESIS,
      at: new Date(Date.UTC(2026, 10, 2) + seq * 1_000).toISOString(),
      ev: 'auth.factor.ok',
      actor: { type: 'user', id: 'usr_kim' },
      subject: { type: 'user', id: 'usr_kim' },
      app: 'web',
      req: `req_${seq}`,
      data: { method: 'app', rule: 'methods', outcome: 'challenge' },
      pii: GENESIS,
    }
    made.push({ entry: canonicalJson(entry), hash: entryHash(entry) })
  }
  return made
}
