import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { parseVerifier } from '#audit/signed-note.ts'
import { days, minutes, seconds } from '#domain/time.ts'
import { ADMIN, type World, world } from '../../test/world.ts'
import { erasePersonal } from './erase-personal.ts'
import { checkProof, proveEntry } from './prove-entry.ts'
import { purgeAudit } from './purge-audit.ts'
import { purgeAudits } from './purge-audits.ts'
import { rotateAuditKey } from './rotate-audit-key.ts'
import { sealAudit } from './seal-audit.ts'
import { sealAudits } from './seal-audits.ts'
import { deleteUser } from './users.ts'
import { verifyAudit } from './verify-audit.ts'

async function small(t: TestContext): Promise<World> {
  const at = await world({ races: false })
  t.after(() => at.close())
  return at
}

const sealOf = async (at: World) => (await at.ports.store.auditSeal(at.site.id)) ?? assert.fail()
const verify = (at: World) => verifyAudit(at.ports, { site: 'acme' })

test('a checkpoint counts every entry there was, is told in the log, and is not made anew over nothing', async (t) => {
  const at = await small(t)
  const before = (await sealOf(at)).head
  const outcome = await sealAudit(at.ports, 'acme')
  assert.ok(outcome.kind === 'sealed')
  assert.equal(outcome.size, before.seq)
  assert.deepEqual(await sealAudit(at.ports, 'acme'), { kind: 'nothing-new' })
  const told = (await at.trail()).at(-1)
  assert.deepEqual([told?.ev, told?.data['note']], ['audit.checkpoint', outcome.note])
  await at.password('kim')
  assert.equal((await sealAudit(at.ports, 'acme')).kind, 'sealed')
  assert.deepEqual(await sealAudit(at.ports, 'nowhere'), { kind: 'unknown-site' })
  const verdict = await verify(at)
  assert.ok(verdict.kind === 'ok')
  assert.equal(verdict.checkpoints, 2)
})

test('each site is sealed after a minute, or at a thousand entries, and each by a key of its own', async (t) => {
  const at = await small(t)
  const sizes = async () => (await sealOf(at)).newest?.size
  await sealAudits(at.ports)
  const first = await sizes()
  assert.ok(first !== undefined && first > 0)
  await at.password('kim')
  at.clock.pass(seconds(59))
  await sealAudits(at.ports)
  assert.equal(await sizes(), first)
  at.clock.pass(seconds(1))
  await sealAudits(at.ports)
  const second = (await sizes()) ?? 0
  assert.ok(second > first)
  for (let left = 1_000; left > 0; left -= 1)
    await at.ports.store.commit({
      site: at.site.id,
      at: at.clock.now(),
      origin: ADMIN.origin,
      changes: [],
      events: [{ ev: 'authz.denied', actor: ADMIN.actor, subject: null, application: null, data: {} }],
    })
  await sealAudits(at.ports)
  assert.ok(((await sizes()) ?? 0) > second + 999)
})

test('[R-222] what was changed since it was written is never signed', async (t) => {
  const at = await small(t)
  await sealAudit(at.ports, 'acme')
  await at.password('kim')
  const { store } = at.ports
  const bent = {
    ...store,
    async *auditLog(...given: Parameters<typeof store.auditLog>) {
      for await (const item of store.auditLog(...given))
        yield 'entry' in item ? { ...item, entry: item.entry.replace('usr_', 'usr_x') } : item
    },
  }
  const outcome = await sealAudit({ ...at.ports, store: bent }, 'acme')
  assert.equal(outcome.kind, 'damaged')
  at.clock.pass(minutes(2))
  await assert.rejects(sealAudits({ ...at.ports, store: bent }), /acme at entry \d+ \(broken\)/)
  assert.equal((await sealOf(at)).keys.length, 1)
})

test('[AU-13] the key is changed under both signatures, and old and new checkpoints verify by the old key alone', async (t) => {
  const at = await small(t)
  assert.equal((await rotateAuditKey(at.ports, { ...ADMIN, site: 'nowhere' })).kind, 'unknown-site')
  await sealAudit(at.ports, 'acme')
  at.clock.pass(seconds(1))
  const rotated = await rotateAuditKey(at.ports, { ...ADMIN, site: 'acme' })
  assert.ok(rotated.kind === 'rotated')
  await at.password('kim')
  assert.equal((await sealAudit(at.ports, 'acme')).kind, 'sealed')
  const old = parseVerifier(rotated.before) ?? assert.fail()
  const verdict = await verifyAudit(at.ports, { site: 'acme', verifiers: [old] })
  assert.equal(verdict.kind, 'ok')
  const [first, second] = (await sealOf(at)).keys
  assert.deepEqual([first?.retiredAt, second?.retiredAt], [at.clock.now(), null])
})

test('each entry is proved to whoever has the public key, before and after a purge, and a bent proof is none', async (t) => {
  const at = await small(t)
  for (let left = 5; left > 0; left -= 1) await at.password('kim')
  await sealAudit(at.ports, 'acme')
  const seal = await sealOf(at)
  const trusted = seal.keys.map(({ verifier }) => parseVerifier(verifier) ?? assert.fail())
  for (let seq = 1; seq <= seal.sealed.head.seq; seq += 1) {
    const outcome = await proveEntry(at.ports, 'acme', seq)
    assert.ok(outcome.kind === 'proved', String(seq))
    assert.equal(checkProof(outcome.proof, trusted), 'proved')
    const bent = { ...outcome.proof, entry: outcome.proof.entry.replace('"v":1', '"v":2') }
    assert.equal(checkProof(bent, trusted), 'not-in-log')
    assert.equal(checkProof({ ...outcome.proof, seq: seq + 1 }, trusted), 'not-in-log')
    assert.equal(checkProof(outcome.proof, []), 'unsigned')
  }
  at.clock.pass(days(400))
  for (let left = 7; left > 0; left -= 1) await at.password('sam')
  const purged = await purgeAudit(at.ports, { site: 'acme' })
  assert.deepEqual(purged, { kind: 'purged', from: 1, to: seal.sealed.head.seq })
  const later = (await sealOf(at)).head.seq
  for (let seq = seal.sealed.head.seq + 1; seq <= later; seq += 1) {
    const outcome = await proveEntry(at.ports, 'acme', seq)
    assert.ok(outcome.kind === 'proved', String(seq))
    assert.equal(checkProof(outcome.proof, trusted), 'proved')
  }
  assert.equal((await proveEntry(at.ports, 'acme', 1)).kind, 'unknown-entry')
  assert.equal((await proveEntry(at.ports, 'acme', 99_999)).kind, 'unknown-entry')
})

test('[AU-10] what audit.retention_days no longer keeps goes by itself, up to a checkpoint, and verify says ok', async (t) => {
  const at = await small(t)
  await sealAudit(at.ports, 'acme')
  const first = (await sealOf(at)).sealed.head.seq
  at.clock.pass(days(100))
  await at.password('kim')
  await sealAudit(at.ports, 'acme')
  await purgeAudits(at.ports)
  assert.equal((await sealOf(at)).start.head.seq, 0)
  at.clock.pass(days(266))
  await purgeAudits(at.ports)
  assert.equal((await sealOf(at)).start.head.seq, first)
  const verdict = await verify(at)
  assert.ok(verdict.kind === 'ok')
  assert.equal(verdict.first, first + 1)
  const told = (await at.trail()).at(-1)
  assert.deepEqual([told?.ev, told?.data['to']], ['audit.segment_purged', first])
  assert.equal((await purgeAudit(at.ports, { site: 'acme' })).kind, 'nothing-old')
})

test('a part that was changed is kept as evidence, however old it is', async (t) => {
  const at = await small(t)
  await sealAudit(at.ports, 'acme')
  at.clock.pass(days(400))
  const { store } = at.ports
  const bent = {
    ...store,
    async *auditLog(...given: Parameters<typeof store.auditLog>) {
      for await (const item of store.auditLog(...given))
        yield 'entry' in item ? { ...item, entry: item.entry.replace('site.created', 'site.deleted') } : item
    },
  }
  assert.equal((await purgeAudit({ ...at.ports, store: bent }, { site: 'acme' })).kind, 'damaged')
  await assert.rejects(purgeAudits({ ...at.ports, store: bent }), /acme at entry 1$/)
  assert.equal((await sealOf(at)).start.head.seq, 0)
})

test('[AU-14] names, addresses and browsers of a deleted user are erased, and not before the user is deleted', async (t) => {
  const at = await small(t)
  await at.password('kim')
  const kim = (await at.ports.store.personFile(at.site.id, 'kim', at.clock.now()))?.user ?? assert.fail()
  const order = { ...ADMIN, site: 'acme', user: kim.id }
  assert.deepEqual(await erasePersonal(at.ports, order), { kind: 'still-a-user', username: 'kim' })
  assert.equal((await deleteUser(at.ports, { ...ADMIN, site: 'acme', username: 'kim' })).kind, 'saved')
  assert.equal((await erasePersonal(at.ports, order)).kind, 'erased')
  const about = (await at.trail()).filter(({ actor, subject }) => actor.id === kim.id || subject?.id === kim.id)
  assert.ok(about.length > 1)
  for (const { actor, subject, origin, ev } of about.filter((row) => row.ev !== 'audit.personal.erased'))
    assert.deepEqual(
      [actor.name, subject?.name ?? null, origin.address, origin.userAgent],
      [null, null, null, null],
      ev,
    )
  assert.equal((await verify(at)).kind, 'ok')
})
