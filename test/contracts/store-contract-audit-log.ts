import assert from 'node:assert/strict'
import { checkpointText, logOrigin } from '#audit/checkpoint.ts'
import { rootOf } from '#audit/merkle.ts'
import { signNote, verifierLine, verifierOf } from '#audit/signed-note.ts'
import { LOG_START, type LogStart, verifyLog } from '#audit/verify-log.ts'
import { minutes } from '#domain/time.ts'
import type { AuditKey, AuditLogChange } from '#ports/audit-log.ts'
import type { Store } from '#ports/store.ts'
import type { Held } from './store-contract.ts'
import { commit, event } from './store-furniture.ts'
import { everything, execute } from './store-rows.ts'
import { ACME, auditStreamOf, GLOBEX, MONDAY } from './store-things.ts'

const SEED = new Uint8Array(32).fill(5)
const site = ACME.id
const VERIFIER = verifierOf(logOrigin(site), SEED)
const KEY: AuditKey = {
  site,
  id: '5eed5eed',
  verifier: verifierLine(VERIFIER),
  sealedSeed: 'sealed',
  madeAt: MONDAY,
  retiredAt: null,
}

async function sealOf(store: Store) {
  return (await store.auditSeal(site)) ?? assert.fail('there is no chain')
}

/** The log as it stands, as a change that seals it. */
async function sealing(store: Store, at = MONDAY): Promise<Extract<AuditLogChange, { kind: 'seal-audit' }>> {
  const { sealed } = await sealOf(store)
  const walked = await verifyLog(
    store.auditLog(site, sealed.head.seq),
    { verifiers: [VERIFIER], partial: true },
    sealed,
  )
  assert.ok(walked.kind === 'ok')
  const { head, tree } = walked
  const text = checkpointText({ origin: logOrigin(site), size: head.seq, root: rootOf(tree), head: head.hash })
  const checkpoint = { size: head.seq, note: signNote(text, logOrigin(site), SEED), at }
  return { kind: 'seal-audit', site, from: sealed.head.seq, checkpoint, hash: head.hash, tree }
}

async function grow(store: Store, entries: number, at = MONDAY): Promise<void> {
  for (let left = entries; left > 0; left -= 1) assert.equal(await commit(store, [], { at }), 'committed')
}

/** Seals, purges to that seal and tells of it, as the use case does. */
async function purge(store: Store): Promise<void> {
  const { start, sealed } = await sealOf(store)
  const told = event({ ev: 'audit.segment_purged', data: { to: sealed.head.seq, root: rootOf(sealed.tree) } })
  const change: AuditLogChange = { kind: 'purge-audit', site, from: start.head.seq, start: sealed }
  assert.equal(await commit(store, [change], { events: [told] }), 'committed')
}

export function auditLogContract(held: Held): void {
  held('a key that signs is kept, retired once, and there only once', async ({ store }) => {
    assert.deepEqual((await sealOf(store)).keys, [])
    assert.equal(await commit(store, [{ kind: 'add-audit-key', key: KEY }]), 'committed')
    assert.equal(await commit(store, [{ kind: 'add-audit-key', key: KEY }]), 'conflict')
    assert.deepEqual((await sealOf(store)).keys, [KEY])
    const retire: AuditLogChange = { kind: 'retire-audit-key', site, key: KEY.id, at: MONDAY + 1 }
    assert.equal(await commit(store, [retire]), 'committed')
    assert.equal(await commit(store, [retire]), 'conflict')
    assert.equal(await commit(store, [{ ...retire, key: 'nothing' }]), 'conflict')
    assert.deepEqual((await sealOf(store)).keys, [{ ...KEY, retiredAt: MONDAY + 1 }])
    assert.deepEqual((await store.auditSeal(GLOBEX.id))?.keys, [])
  })

  held('a log is sealed step by step, and each checkpoint stands behind what it counts', async ({ store }) => {
    assert.deepEqual((await sealOf(store)).sealed, LOG_START)
    const first = await sealing(store)
    assert.equal(await commit(store, [first]), 'committed')
    assert.equal(await commit(store, [first]), 'conflict')
    await grow(store, 3)
    const second = await sealing(store, MONDAY + minutes(1))
    assert.equal(await commit(store, [{ ...second, from: 0 }]), 'conflict')
    assert.equal(await commit(store, [{ ...second, from: 99 }]), 'conflict')
    assert.equal(await commit(store, [second]), 'committed')
    const { sealed, newest, head } = await sealOf(store)
    assert.deepEqual(sealed, { head: { seq: second.checkpoint.size, hash: second.hash }, tree: second.tree })
    assert.deepEqual([newest, head.seq], [second.checkpoint, second.checkpoint.size + 1])
    const items = await Array.fromAsync(store.auditLog(site, 0))
    const places = items.flatMap((item, index) => ('note' in item ? [index] : []))
    assert.deepEqual(places, [first.checkpoint.size, second.checkpoint.size + 1])
    const verdict = await verifyLog(items, { verifiers: [VERIFIER] })
    assert.ok(verdict.kind === 'ok')
    assert.deepEqual([verdict.checkpoints, verdict.sealed], [2, second.checkpoint.size])
  })

  held('a log is unsealed by what was written since, but not by what tells of its own seal', async ({ store }) => {
    const both = [
      { site: GLOBEX.name, entries: 1, since: null },
      { site: ACME.name, entries: 1, since: null },
    ]
    const unsealed = async () => (await store.unsealedLogs()).toSorted((a, b) => (a.site < b.site ? 1 : -1))
    assert.deepEqual(await unsealed(), both)
    assert.equal(await commit(store, [await sealing(store)], { at: MONDAY }), 'committed')
    assert.deepEqual(await unsealed(), both.slice(0, 1))
    await grow(store, 2)
    assert.deepEqual((await unsealed()).at(-1), { site: ACME.name, entries: 3, since: MONDAY })
  })

  held(
    'the log of a deleted site is sealed to its end, once; a living one is not sealed that way',
    async ({ store }) => {
      await grow(store, 2)
      assert.deepEqual(await store.closedLogs(), [])
      assert.equal(await store.sealClosedLog(site, [await sealing(store)]), 'conflict')
      assert.deepEqual((await sealOf(store)).sealed, LOG_START)
      assert.equal(await commit(store, [{ kind: 'remove-site', site }], { at: MONDAY + minutes(3) }), 'committed')
      const closed = { site, name: ACME.name, removedAt: MONDAY + minutes(3), entries: 4, sealed: 0 }
      assert.deepEqual(await store.closedLogs(), [closed])
      const last = await sealing(store)
      assert.equal(await store.sealClosedLog(site, [last]), 'committed')
      assert.equal(await store.sealClosedLog(site, [last]), 'conflict')
      assert.deepEqual(await store.closedLogs(), [{ ...closed, sealed: 4 }])
      const verdict = await verifyLog(store.auditLog(site, 0), { verifiers: [VERIFIER] })
      assert.deepEqual([verdict.kind, verdict.kind === 'ok' && verdict.sealed], ['ok', 4])
      assert.equal(await commit(store, []), 'conflict', 'nothing is added to it')
    },
  )

  held('what is old goes with its whole segment, and the rest still verifies', async ({ store, database }) => {
    await grow(store, 4)
    assert.equal(await commit(store, [await sealing(store)]), 'committed')
    const other = (await everything(database)).audit_entries?.filter((row) => row['site_id'] === GLOBEX.id)
    await purge(store)
    await grow(store, 2, MONDAY + minutes(2))
    const { start } = await sealOf(store)
    assert.equal(start.head.seq, 5)
    const items = await Array.fromAsync(store.auditLog(site, start.head.seq))
    assert.equal((await verifyLog(items, { verifiers: [VERIFIER] }, start)).kind, 'ok')
    assert.deepEqual((await store.audit(site, { limit: 100, oldestFirst: true }))[0]?.seq, 6)
    const after = (await everything(database)).audit_entries?.filter((row) => row['site_id'] === GLOBEX.id)
    assert.deepEqual(after, other)
  })

  held('a purge holds once, and never beyond what is sealed', async ({ store }) => {
    assert.equal(await commit(store, [await sealing(store)]), 'committed')
    await grow(store, 2)
    const { sealed, head } = await sealOf(store)
    const change: AuditLogChange = { kind: 'purge-audit', site, from: 0, start: sealed }
    const beyond: LogStart = { head, tree: sealed.tree }
    assert.equal(await commit(store, [{ ...change, start: beyond }]), 'conflict')
    assert.equal(await commit(store, [{ ...change, from: 1 }]), 'conflict')
    assert.equal(await commit(store, [change]), 'committed')
    assert.equal(await commit(store, [change]), 'conflict')
  })

  held('the newest checkpoint before a moment is the one that counts nothing later', async ({ store }) => {
    assert.equal(await store.checkpointBefore(site, MONDAY + 1), null)
    const first = await sealing(store)
    assert.equal(await commit(store, [first], { at: MONDAY + minutes(1) }), 'committed')
    const second = await sealing(store)
    assert.equal(await commit(store, [second], { at: MONDAY + minutes(2) }), 'committed')
    assert.equal(await store.checkpointBefore(site, MONDAY), null)
    assert.deepEqual(await store.checkpointBefore(site, MONDAY + 1), first.checkpoint)
    assert.deepEqual(await store.checkpointBefore(site, MONDAY + minutes(9)), second.checkpoint)
    await purge(store)
    assert.equal(await store.checkpointBefore(site, MONDAY + minutes(9)), null)
  })

  held('[AU-14] what is personal about a user goes, and the chain over it holds', async ({ store, database }) => {
    const about = { ev: 'user.changed', actor: { type: 'user', id: 'usr_kim', name: 'kim' } } as const
    const subject = { type: 'user', id: 'usr_ada', name: 'ada' } as const
    await commit(store, [], { events: [event(about), event({ ...about, subject })] })
    const erase: AuditLogChange = { kind: 'erase-audit-personal', site, user: 'usr_ada' }
    assert.equal(await commit(store, [erase], { events: [event(about)] }), 'committed')
    assert.equal(await commit(store, [erase], { events: [event(about)] }), 'committed')
    const personal = JSON.stringify(
      (await everything(database)).audit_personal?.filter((row) => row['site_id'] === site),
    )
    assert.ok(personal.includes('kim') && !personal.includes('"ada'))
    assert.equal((await verifyLog(store.auditLog(site, 0), { verifiers: [] })).kind, 'ok')
    assert.equal(await store.usernameOf(site, 'usr_ada'), 'ada')
    assert.equal(await store.usernameOf(GLOBEX.id, 'usr_ada'), null)
  })

  held('an entry or a checkpoint is deleted by no statement but a purge', async ({ store, database }) => {
    await grow(store, 3)
    assert.equal(await commit(store, [await sealing(store)]), 'committed')
    for (const statement of [
      'DELETE FROM audit_entries WHERE site_id = ? AND seq = 4',
      'DELETE FROM audit_checkpoints WHERE site_id = ?',
      'DELETE FROM audit_seals WHERE site_id = ?',
      "UPDATE audit_checkpoints SET note = 'x' WHERE site_id = ?",
      'UPDATE audit_seals SET size = size - 1 WHERE site_id = ?',
      'UPDATE audit_seals SET start_seq = size + 1 WHERE site_id = ?',
    ])
      await assert.rejects(execute(database, statement, site), statement)
  })

  held('a stream is claimed by one at a time, and moved by whoever knows how far it is', async ({ store }) => {
    const claim = (now: number) => store.claimStreams({ now, until: now + minutes(2), limit: 9 })
    assert.deepEqual(await claim(MONDAY - 1), [])
    const [stream] = await claim(MONDAY)
    assert.deepEqual([stream?.name, stream?.nextAt], ['spare', MONDAY + minutes(2)])
    assert.deepEqual(await claim(MONDAY + 1), [])
    assert.equal((await claim(MONDAY + minutes(2))).length, 1)
    const failed = { sentSeq: 0, nextAt: MONDAY, failures: 3, failingSince: MONDAY, lastError: 'it said no' }
    assert.equal(await store.moveStream({ site, name: 'spare' }, 0, failed), true)
    assert.deepEqual((await store.auditStreams(site))[0], { ...auditStreamOf('spare'), ...failed })
    assert.equal(await store.moveStream({ site, name: 'spare' }, 0, { ...failed, sentSeq: 7 }), true)
    assert.equal(await store.moveStream({ site, name: 'spare' }, 0, failed), false)
    assert.equal(await store.moveStream({ site, name: 'nothing' }, 0, failed), false)
  })
}
