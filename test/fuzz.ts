import { randomInt } from 'node:crypto'
import { fuzzDoors } from './fuzz/doors.ts'
import { fuzzPasskeys } from './fuzz/passkeys.ts'
import { fuzzSaml } from './fuzz/saml.ts'
import { fuzzTexts } from './fuzz/texts.ts'

// `npm run fuzz`: the fuzzers of test/attacks/fuzz.test.ts with a fresh seed and many more rounds. `npm run fuzz -- SEED ROUNDS` does
// one of them again.
const [seed = randomInt(2 ** 31 - 1), rounds = 300] = process.argv.slice(3).map(Number)

console.log(`seed ${seed}, ${rounds} requests at each door`)
fuzzTexts({ seed, rounds: rounds * 50 })
await fuzzPasskeys({ seed, rounds: rounds * 30 })
await fuzzSaml({ seed, rounds: rounds * 10 })
const requests = await fuzzDoors({ seed, rounds })
console.log(`${requests} requests: each was answered with 2xx, 3xx or 4xx, and nothing went wrong inside.`)
