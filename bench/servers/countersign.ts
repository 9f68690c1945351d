import { writeFileSync } from 'node:fs'
import { Secret } from '#domain/secret.ts'
import type { Site } from '#domain/site.ts'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { createApiKey } from '#usecases/api-keys.ts'
import { createApplication } from '#usecases/create-application.ts'
import { handOver, takeOver } from '#usecases/hand-over.ts'
import { changeSettings } from '#usecases/settings.ts'
import { signIn } from '#usecases/sign-in.ts'
import { createSite } from '#usecases/sites.ts'
import { createApp, openHouse, startServer } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { filledDigest } from '../filled.ts'
import { codeOf, nameOf, PASSWORD, secretOf } from '../people.ts'
import { seedPeople } from '../seed.ts'

// The product as `countersign serve` starts it, with a site that asks everybody for an authenticator app at every sign-in. Where the
// site is there already, as in a crowd, it is served as it is.
const [folder = '.', users = '100', , named = '', passes = '0'] = process.argv.slice(2)
const database = named === '' ? `sqlite:${folder}/countersign.db` : named
const HOST = 'erp.acme.test'

const parsed = parseConfig({
  COUNTERSIGN_DATABASE: database,
  COUNTERSIGN_KEY_FILE: `${folder}/key`,
  COUNTERSIGN_LISTEN: '127.0.0.1:0',
})
if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
const { config } = parsed
const house = await openHouse(config, { makeKey: true })
if (house.kind === 'failed') throw new Error(house.message)
const { ports } = house
const origin = { request: 'bench', address: '127.0.0.1', userAgent: null }
const act = { actor: { type: 'operator', id: 'bench', name: 'bench' }, origin, site: 'acme' } as const

const site = (await ports.store.site('acme')) ?? (await settle())
const scopes = ['challenges', 'users:read', 'audit:read'] as const
const key = must(await createApiKey(ports, { ...act, name: 'bench', scopes, expiresAt: null }), 'created')

const report = (error: unknown): void => void process.stderr.write(`${String(error)}\n`)
const server = await startServer(
  config.listen,
  (port) => {
    const own = { ...ports, origin: `http://localhost:${port}` }
    return { ports: own, app: createApp(own, { config: { ...config, origin: own.origin }, report }) }
  },
  report,
)
// A code is good once: each start takes that of another user, from the last one on, and whoever measures begins with the first.
const starts = (await ports.store.apiKeys(site.id)).length
const number = Number(users) - 1 - (starts % Number(users))
const user = nameOf(number)
const pass = await passOf(number)
if (passes !== '0') writeFileSync(`${folder}/passes`, [...passesOfCrowd(Number(passes))].join('\n'))
process.stdout.write(`${JSON.stringify({ port: server.port, key: key.text, pass, user, host: HOST })}\n`)

async function settle(): Promise<Site> {
  const made = must(await createSite(ports, { ...act, name: 'acme', title: 'Acme', preset: 'erp' }), 'created')
  must(
    await changeSettings(ports, { ...act, patch: { 'two_factor.enabled': true, 'enrolment.channel': 'screen' } }),
    'changed',
  )
  must(await createApplication(ports, { ...act, name: 'erp', fields: { hosts: [HOST] } }), 'saved')
  await seedPeople(ports, 'acme', Number(users))
  return made.site
}

/** What browsers of the crowd have: passes for its first sessions, which nobody has opened. */
function* passesOfCrowd(count: number): Generator<string> {
  for (let number = 1; number <= count; number += 1)
    yield ports.vault.seal(Buffer.from(filledDigest(number)), `pass:${site.id}:${HOST}`)
}

/** The cookie that a browser has at a protected host, once its user has signed in. */
async function passOf(number: number): Promise<string> {
  const password = new Secret(PASSWORD)
  const username = nameOf(number)
  const asked = must(
    await signIn(ports, { site: site.id, username, password, surface: 'form', application: 'erp', origin }),
    'pending',
  )
  const code = codeOf(secretOf(number))
  const signed = must(
    await answerChallenge(ports, { site: site.id, pendingToken: asked.pending.token, code, remember: false, origin }),
    'signed-in',
  )
  const order = { site, sessionToken: signed.token, host: HOST, path: '/', visit: 'bench', address: '127.0.0.1' }
  const handed = must(await handOver(ports, order), 'handed')
  const taken = takeOver(ports, { site: site.id, host: HOST, code: handed.code, visit: 'bench' })
  if (taken === null) throw new Error('the hand-over failed')
  return taken.pass
}

function must<Outcome extends { readonly kind: string }, Kind extends Outcome['kind']>(
  outcome: Outcome,
  kind: Kind,
): Extract<Outcome, { readonly kind: Kind }> {
  if (outcome.kind === kind) return outcome as Extract<Outcome, { readonly kind: Kind }>
  throw new Error(`${kind} was expected: ${JSON.stringify(outcome)}`)
}
process.once('SIGINT', () => process.exit(0))
