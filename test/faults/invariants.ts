import type { Evidence } from '#domain/evidence.ts'
import { verifyAudit } from '#usecases/verify-audit.ts'
import { EVERY_SITE, all, type Database, type Row } from '../../src/store/database.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { everything } from '../contracts/store-rows.ts'

/** What somebody who watched from outside knows, to be compared with what the database says. */
export interface Witness {
  /** Codes, passwords and tokens that were made or typed: none of them may be found in the database (I5). */
  readonly secrets: readonly string[]
  /** How many wrong codes were called wrong, by user id (I3). */
  readonly toldWrong: ReadonlyMap<string, number>
  /** Which code that is worth one session only was typed into which sign-in, by the digest of its token (I1). */
  readonly typed?: ReadonlyMap<string, string>
}

const NOTHING: Witness = { secrets: [], toldWrong: new Map() }

/** The invariants that hold at any time, whatever broke. Answers what is broken, a sentence each. */
export async function brokenInvariants(database: Database, witness: Witness = NOTHING): Promise<readonly string[]> {
  return [
    ...(await quicklyBroken(database)),
    ...(await badEvidence(database)),
    ...(await spentTwice(database, witness)),
    ...(await badCounts(database, witness)),
    ...(await leaked(database, witness)),
    ...(await badChains(database)),
  ]
}

/** I1 and I2, in two questions: cheap enough to be asked after each step. */
export async function quicklyBroken(database: Database): Promise<readonly string[]> {
  const [twice, created, sessions] = await database.together(
    'read',
    function* () {
      return [
        yield* all(
          'SELECT challenge_id FROM sessions WHERE challenge_id IS NOT NULL GROUP BY challenge_id HAVING COUNT(*) > 1',
        ),
        yield* all("SELECT entry FROM audit_entries WHERE ev = 'session.created'"),
        yield* all('SELECT id FROM sessions'),
      ] as const
    },
    EVERY_SITE,
  )
  const told = created.map((row) => data(row)['session'])
  const stored = sessions.map((row) => row['id'])
  return [
    ...twice.map((row) => `I1: two sessions for the challenge ${String(row['challenge_id'])}`),
    ...stored.filter((id) => !told.includes(id)).map((id) => `I2: the session ${String(id)} has no audit event`),
    ...told.filter((id) => !stored.includes(id)).map((id) => `I2: the session ${String(id)} is in the audit only`),
    ...(new Set(told).size === told.length ? [] : ['I2: a session was created twice in the audit']),
  ]
}

/** I7, I8 and I9: a session claims what was proved, at its own site, and none is open without a factor but by a rule. */
async function badEvidence(database: Database): Promise<readonly string[]> {
  const rows = await database.together(
    'read',
    () =>
      all(`SELECT s.id, s.rule, s.evidence, s.site_id, s.challenge_id, c.state, c.site_id AS asked_at, c.user_id AS asked, s.user_id
      FROM sessions s LEFT JOIN challenges c ON c.id = s.challenge_id`),
    EVERY_SITE,
  )
  return rows.flatMap((row) => {
    const evidence = JSON.parse(String(row['evidence'])) as Evidence[]
    const second = evidence.some(({ kind }) => kind !== 'password')
    const name = `the session ${String(row['id'])}`
    const passed = String(row['state']).includes('"kind":"passed"')
    return [
      ...(second && row['challenge_id'] !== null && !passed
        ? [`I8: ${name} claims a challenge that was not passed`]
        : []),
      ...(!second && ['methods', 'enrol'].includes(String(row['rule']))
        ? [`I9: ${name} is open without a factor`]
        : []),
      ...(row['challenge_id'] !== null && (row['asked_at'] !== row['site_id'] || row['asked'] !== row['user_id'])
        ? [`I7: ${name} stands on a challenge of somebody else`]
        : []),
    ]
  })
}

/** I1: a step of an app and a code on paper open one session, whatever the sign-ins were that they were typed into. */
async function spentTwice(database: Database, { typed = new Map() }: Witness): Promise<readonly string[]> {
  const rows = await database.together(
    'read',
    () => all(`SELECT c.token_digest, s.evidence FROM sessions s JOIN challenges c ON c.id = s.challenge_id`),
    EVERY_SITE,
  )
  const spent = rows
    .filter((row) => /"kind":"(app|recovery)"/.test(String(row['evidence'])))
    .flatMap((row) => typed.get(String(row['token_digest'])) ?? [])
  return spent.filter((code, nth) => spent.indexOf(code) < nth).map((code) => `I1: ${code} opened two sessions`)
}

/** I3: who was told "wrong" so many times was counted at least as often. */
async function badCounts(database: Database, { toldWrong }: Witness): Promise<readonly string[]> {
  const rows = await database.together(
    'read',
    () => all("SELECT entry FROM audit_entries WHERE ev IN ('auth.challenge.fail', 'auth.challenge.replayed')"),
    EVERY_SITE,
  )
  const counted = Map.groupBy(rows, (row) => subject(row))
  return [...toldWrong]
    .filter(([user, times]) => (counted.get(user)?.length ?? 0) < times)
    .map(
      ([user, times]) =>
        `I3: ${user} was told "wrong" ${times} times and counted ${counted.get(user)?.length ?? 0} times`,
    )
}

async function leaked(database: Database, { secrets }: Witness): Promise<readonly string[]> {
  if (secrets.length === 0) return []
  const dump = JSON.stringify(await everything(database))
  return secrets.filter((each) => dump.includes(each)).map((each) => `I5: ${each} is readable in the database`)
}

async function badChains(database: Database): Promise<readonly string[]> {
  const store = sqlStore(database, seededRandom('invariants'))
  const broken: string[] = []
  for (const { name } of await store.sites()) {
    const verdict = await verifyAudit({ store }, { site: name })
    if (verdict.kind !== 'ok') broken.push(`I10: the audit chain of ${name} is ${JSON.stringify(verdict)}`)
  }
  return broken
}

function data(row: Row): Readonly<Record<string, unknown>> {
  return (JSON.parse(String(row['entry'])) as { data: Record<string, unknown> }).data
}

function subject(row: Row): string {
  return (JSON.parse(String(row['entry'])) as { subject: { id: string } | null }).subject?.id ?? ''
}
