import { broken, promisedRows, reasonedIds, testedIds } from './promises/books.ts'

// `npm run promises`: what is promised and not tested, or tested and not promised.
const rows = promisedRows()
const tested = testedIds()
const kept = rows.filter((row) => row.status === 'kept')
const wrong = broken(rows, tested, reasonedIds())

for (const sentence of wrong) console.log(sentence)
console.log(
  `${rows.length} promises: ${kept.filter((row) => tested.has(row.id)).length} of ${kept.length} kept ones have a test, ` +
    `${rows.filter(({ status }) => status === 'deviation').length} are deviations with a reason, ${rows.filter(({ status }) => status.startsWith('later')).length} for later.`,
)
process.exitCode = wrong.length === 0 ? 0 : 1
