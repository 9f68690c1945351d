import { broken, promisedRows, testedIds } from './promises/books.ts'

// `npm run promises`: what is promised and not tested, or tested and not promised.
const rows = promisedRows()
const tested = testedIds()
const kept = rows.filter((row) => row.status === 'kept')
const wrong = broken(rows, tested)

for (const sentence of wrong) console.log(sentence)
console.log(
  `${rows.length} promises: ${kept.filter((row) => tested.has(row.id)).length} of ${kept.length} kept ones have a test, ` +
    `${rows.length - kept.length} are for later.`,
)
process.exitCode = wrong.length === 0 ? 0 : 1
