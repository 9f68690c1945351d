import { createFake } from '../../client/fake.js'
import { clientContract, PEOPLE } from './contract.ts'

clientContract('the fake', async () => {
  let now = Date.UTC(2026, 10, 2, 9)
  const fake = createFake({ users: PEOPLE.map((user) => ({ ...user })), now: () => now })
  return {
    ...fake,
    codeFor: (username) => PEOPLE.find((user) => user.username === username)?.code ?? '',
    pass: (milliseconds) => void (now += milliseconds),
    messages: () => fake.sent.length,
  }
})
