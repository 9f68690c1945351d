import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { base32 } from '#authenticators/base32.ts'
import { dump, siteOnDisk } from '../database-dump.ts'
import { appCode, demoUser, look, linkFor, shown, withApp } from '../enrolment-steps.ts'
import { opened, otherThan, requestCode, type, waiting } from '../steps.ts'

// Somebody has a copy of the database: a backup, a disk, a query that should not have worked. With it alone nothing of what it
// takes to sign in can be read, nor found out by trying a million codes, nor moved from one user to another.

/** A text as it might lie in a database: as it is, in the usual encodings, and under the hashes that need no key. */
function traces(text: string): readonly string[] {
  const bytes = Buffer.from(text)
  const hashes = ['md5', 'sha1', 'sha256', 'sha512'].map((name) => createHash(name).update(text).digest())
  return [text, ...[bytes, ...hashes].flatMap((each) => encodings(each))]
}

function encodings(bytes: Uint8Array): readonly string[] {
  const buffer = Buffer.from(bytes)
  const base64 = buffer.toString('base64').replace(/=+$/, '')
  return [buffer.toString('hex'), base64, buffer.toString('base64url'), base32(bytes), buffer.toString('latin1')]
}

function assertAbsent(stored: string, looked: readonly string[], what: string): void {
  for (const trace of looked) assert.ok(!stored.includes(trace), `${what} is in the database, as ${trace}`)
}

test('[SK-07] [R-008] no code is stored in any form: not while it waits, nor after it passed, nor after it was refused', async (t) => {
  const { at, file } = await siteOnDisk(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  const code = at.codeFor('kim')
  const wrong = otherThan(code)
  assertAbsent(dump(file), traces(code), 'a waiting code')

  await type(at, pending, wrong)
  at.clock.pass(30_000)
  await requestCode(at, pending, 'email')
  assertAbsent(dump(file), [...traces(code), ...traces(wrong)], 'a code')
  opened(await type(at, pending, code))
  const stored = dump(file)
  assertAbsent(stored, [...traces(code), ...traces(wrong)], 'a code')

  // The search finds what is there.
  const { email, phone } = demoUser('kim')
  for (const known of [email, phone]) assert.ok(stored.includes(String(known)))
})

test('[R-047] the secrets of apps, waiting and bound, and of sent codes are not readable in the database', async (t) => {
  const { at, file } = await siteOnDisk(t, 'erp')
  const waitingFor = waiting(await at.password('sam'))
  const enrolling = shown(await look(at, waitingFor, linkFor(at, 'sam'))).secret
  const bound = await withApp(at, 'kim')
  await at.set({ 'methods.allowed': ['email'] })
  waiting(await at.password('op'))
  const op = await at.ports.store.personFile(at.site.id, 'op', at.clock.now())
  const sealed = op?.counters.sealedCodeSecret
  assert.ok(op && sealed)
  const ofCodes = at.ports.vault.open(sealed, `codes:${op.user.id}`)

  const stored = dump(file)
  assertAbsent(stored, encodings(ofCodes), 'the secret of sent codes')
  assertAbsent(stored, [enrolling, bound], 'the secret of an app')
  const kim = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  const [app] = kim?.apps ?? []
  assert.ok(app)
  const bytes = at.ports.vault.open(app.sealedSecret, app.id)
  assert.equal(base32(bytes), bound)
  assertAbsent(stored, encodings(bytes), 'the secret of an app')
  assert.ok(stored.includes(app.sealedSecret))
})

test('[R-047] a sealed secret that is moved to another user opens nothing for anybody', async (t) => {
  const { at, file } = await siteOnDisk(t, 'erp')
  await withApp(at, 'kim')
  const secretOfSam = await withApp(at, 'sam')
  const [kim, sam] = await Promise.all(
    ['kim', 'sam'].map((name) => at.ports.store.personFile(at.site.id, name, at.clock.now())),
  )
  assert.ok(kim?.apps[0] && sam?.apps[0])

  const thief = new DatabaseSync(file)
  thief
    .prepare('UPDATE authenticators SET sealed_secret = ? WHERE id = ?')
    .run(sam.apps[0].sealedSecret, kim.apps[0].id)
  thief.close()
  const pending = waiting(await at.password('kim'))
  await assert.rejects(type(at, pending, appCode(at, secretOfSam)), { name: 'CannotUnseal' })
  opened(await type(at, waiting(await at.password('sam')), appCode(at, secretOfSam)))
})

test('[SK-07] [R-009] [R-047] tokens of sessions, sign-ins, browsers, links and API keys, and passwords, are not in the database', async (t) => {
  const { at, file } = await siteOnDisk(t, 'erp')
  const pending = waiting(await at.password('sam'))
  const link = linkFor(at, 'sam')
  await at.set({ 'challenge.interval_hours': 24 })
  const { secret } = shown(await look(at, pending, link))
  const outcome = await type(at, pending, appCode(at, secret), true)
  assert.ok(outcome.kind === 'signed-in' && outcome.deviceToken !== null)

  const stored = dump(file)
  const { admin, service } = at.keys
  const { password } = demoUser('sam')
  for (const token of [pending, link, outcome.token, outcome.deviceToken, admin, service, password])
    assertAbsent(stored, traces(token), token)
  assert.ok(stored.includes(at.ports.vault.digest(outcome.token)))
  assert.ok(stored.includes(DEMO_SITE))
})
