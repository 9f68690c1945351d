import { performance } from 'node:perf_hooks'
import { decide } from '#policy/decide.ts'
import { explain } from '#policy/explain.ts'
import type { Facts } from '#policy/facts.ts'
import { facts } from '../../test/facts.ts'
import type { Job } from '../jobs.ts'
import { figure, middle, type Result } from '../result.ts'

const AIM = { decide: 0.5, explain: 2 } as const

/** e: the policy itself, over facts that end at every third rule. */
export const decision: Job = {
  name: 'decision',
  letter: 'e',
  says: 'decide() and its explanation, in microseconds each',
  run: async ({ quick }) => {
    const cases: readonly Facts[] = [facts(), facts({ earlier: null }), facts({ address: '10.0.0.1' })]
    const calls = quick ? 20_000 : 400_000
    return [one('decide', calls, (each) => decide(each)), one('explain', calls, (each) => explain(decide(each)))]

    function one(name: keyof typeof AIM, count: number, work: (each: Facts) => unknown): Result {
      const rounds: number[] = []
      for (let round = 0; round < 5; round += 1) {
        const from = performance.now()
        for (let call = 0; call < count; call += 1) work(cases[call % cases.length] as Facts)
        rounds.push(((performance.now() - from) / count) * 1_000)
      }
      const value = middle(rounds)
      const must = { says: `≤ ${AIM[name]} µs`, held: value <= AIM[name], only: 'must' } as const
      return figure({ job: 'decision', contestant: name, unit: 'microseconds a call; less is better' }, rounds, must)
    }
  },
}
