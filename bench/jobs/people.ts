import { performance } from 'node:perf_hooks'
import { type Answer, Connection } from '../connection.ts'
import { start } from '../contestants.ts'
import { crowd, REAL, sizesOf } from '../crowd.ts'
import type { Job } from '../jobs.ts'
import { figure, middle, type Result } from '../result.ts'

const PAGES = 20
const PAGE_LIMIT_MS = 50
const REPORT_LIMIT_MS = 1_000
const UNIT = 'milliseconds; less is better'
const LARGEST = 1_000_000

/** i: what an administrator opens first, by the API as the console does it. */
export const people: Job = {
  name: 'people',
  letter: 'i',
  says: 'the first page of users, and the report of who is covered',
  run: async ({ quick }) => {
    const results: Result[] = []
    for (const users of sizesOf(quick)) {
      const { folder } = await crowd(users)
      const server = await start('countersign', { users: REAL, hashing: 'off', folder })
      const connection = new Connection(server.port)
      const headers = { authorization: `Bearer ${server.said['key']}` }
      const timed = async (path: string): Promise<{ readonly took: number; readonly answer: Answer }> => {
        const from = performance.now()
        const answer = await connection.ask(path, { headers })
        if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`)
        return { took: performance.now() - from, answer }
      }
      try {
        const pages: number[] = []
        for (let each = 0; each < (quick ? 2 : PAGES); each += 1) {
          const { took, answer } = await timed('/acme/api/v1/users')
          const { items } = JSON.parse(answer.body) as { items: readonly unknown[] }
          if (items.length === 0) throw new Error('the page is empty')
          pages.push(took)
        }
        const report = await timed('/acme/api/v1/reports/adoption')
        const { totals } = JSON.parse(report.answer.body) as { totals: { users: number } }
        if (totals.users !== users) throw new Error(`${totals.users} of ${users} users were counted`)
        const promised = (took: number, limit: number): Result['must'] =>
          users === LARGEST ? { says: `≤ ${limit} ms`, held: took <= limit, only: 'must' } : null
        const job = { job: 'people', unit: UNIT, rows: users }
        results.push(
          figure({ ...job, contestant: 'first page of users' }, pages, promised(middle(pages), PAGE_LIMIT_MS)),
          figure({ ...job, contestant: 'adoption report' }, [report.took], promised(report.took, REPORT_LIMIT_MS)),
        )
      } finally {
        connection.close()
        await server.stop()
      }
    }
    return results
  },
}
