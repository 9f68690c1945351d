import { Secret } from '#domain/secret.ts'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { createApiKey } from '#usecases/api-keys.ts'
import { createApplication } from '#usecases/create-application.ts'
import { handOver, takeOver } from '#usecases/hand-over.ts'
import { changeSettings } from '#usecases/settings.ts'
import { signIn } from '#usecases/sign-in.ts'
import { createSite } from '#usecases/sites.ts'
import { createApp, openHouse, startServer } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { codeOf, nameOf, PASSWORD, secretOf } from '../people.ts'
import { seedPeople } from '../seed.ts'

// The product as `countersign serve` starts it, with a site that asks everybody for an authenticator app at every sign-in.
const [folder = '.', users = '100', , database = `sqlite:${folder}/countersign.db`] = process.argv.slice(2)
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

const made = must(await createSite(ports, { ...act, name: 'acme', title: 'Acme', preset: 'erp' }), 'created')
must(
  await changeSettings(ports, { ...act, patch: { 'two_factor.enabled': true, 'enrolment.channel': 'screen' } }),
  'changed',
)
must(await createApplication(ports, { ...act, name: 'erp', fields: { hosts: [HOST] } }), 'saved')
await seedPeople(ports, 'acme', Number(users))
const scopes = ['challenges'] as const
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
const pass = await passOf(Number(users) - 1)
process.stdout.write(`${JSON.stringify({ port: server.port, key: key.text, pass, host: HOST })}\n`)

/** The cookie that a browser has at a protected host, once its user has signed in. */
async function passOf(number: number): Promise<string> {
  const site = made.site
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
