import { performance } from 'node:perf_hooks'
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
      const headers = { authorization: `Bearer ${server.said['key']}` }
      const asked = async (path: string): Promise<Response> => {
        const answer = await fetch(`http://127.0.0.1:${server.port}/acme/api/v1${path}`, { headers })
        if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`)
        return answer
      }
      try {
        const pages: number[] = []
        for (let each = 0; each < (quick ? 2 : PAGES); each += 1) {
          const from = performance.now()
          const { items } = (await (await asked('/users')).json()) as { items: readonly unknown[] }
          pages.push(performance.now() - from)
          if (items.length === 0) throw new Error('the page is empty')
        }
        const from = performance.now()
        const head = await beginningOf(await asked('/reports/adoption'))
        const report = performance.now() - from
        if (!head.includes(`"totals":{"users":${users},`)) throw new Error(`not ${users} users were counted: ${head}`)
        const promised = (took: number, limit: number): Result['must'] =>
          users === LARGEST ? { says: `≤ ${limit} ms`, held: took <= limit, only: 'must' } : null
        const job = { job: 'people', unit: UNIT, rows: users }
        results.push(
          figure({ ...job, contestant: 'first page of users' }, pages, promised(middle(pages), PAGE_LIMIT_MS)),
          figure({ ...job, contestant: 'adoption report' }, [report], promised(report, REPORT_LIMIT_MS)),
        )
      } finally {
        await server.stop()
      }
    }
    return results
  },
}

/** Reads all of an answer, which may be longer than a text can be, and keeps how it begins. */
async function beginningOf(answer: Response): Promise<string> {
  let head = ''
  for await (const chunk of answer.body ?? []) if (head.length < 1_000) head += Buffer.from(chunk).toString()
  return head.slice(0, 1_000)
}
