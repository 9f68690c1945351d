import { argon2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { hash, verify } from '@node-rs/argon2'

// The same work (19 MiB, two passes, one lane) by the package and by Node.js itself, one after the other.
const ROUNDS = 30
const builtIn = promisify(argon2)

async function milliseconds(work: () => Promise<unknown>): Promise<string> {
  await work()
  const began = performance.now()
  for (let round = 0; round < ROUNDS; round += 1) await work()
  return `${((performance.now() - began) / ROUNDS).toFixed(1)} ms`
}

const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const kept = await hash('correct horse', parameters)
console.log(kept.split('$').slice(0, 4).join('$'))
console.log(`@node-rs/argon2 verify: ${await milliseconds(() => verify(kept, 'correct horse'))}`)
const same = {
  message: 'correct horse',
  nonce: randomBytes(16),
  memory: 19_456,
  passes: 2,
  parallelism: 1,
  tagLength: 32,
}
console.log(`node:crypto argon2id:   ${await milliseconds(() => builtIn('argon2id', same))}`)
