import assert from 'node:assert/strict'
import type { Change } from '#ports/changes.ts'
import type { Store } from '#ports/store.ts'
import { openStore } from '../../src/store/open.ts'
import { seededRandom } from '../../src/system/random.ts'
import { commit } from './store-furniture.ts'
import { ACME, MONDAY } from './store-things.ts'

// A process of its own that writes to a file others write to: `node store-writer.ts <file> <times> <name>`.

/** Raises the failed codes of Ada by one, `times` times, looking again whenever somebody was faster. Returns the lost rounds. */
export async function raiseFailures(store: Store, times: number): Promise<number> {
  let lost = 0
  for (let done = 0; done < times; ) {
    const file = (await store.personFile(ACME.id, 'ada', MONDAY)) ?? assert.fail('Ada is not there')
    const { counters } = file
    const more: Change = {
      kind: 'set-counters',
      counters: { ...counters, consecutive: counters.consecutive + 1 },
      from: counters.version,
    }
    if ((await commit(store, [more])) === 'committed') done += 1
    else lost += 1
    assert.ok(lost < 10_000, 'nobody is that unlucky')
    // Others get their turn, in this process and in the other one.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return lost
}

if (process.argv[1] === import.meta.filename) {
  const [path = '', times = '0', seed = ''] = process.argv.slice(2)
  const store = await openStore(`sqlite:${path}`, seededRandom(seed))
  if (Number(times) > 0) await raiseFailures(store, Number(times))
  await store.close()
}
