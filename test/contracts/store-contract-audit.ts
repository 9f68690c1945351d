import assert from 'node:assert/strict'
import fc from 'fast-check'
import { canonicalJson } from '#audit/canonical.ts'
import { sealPersonal } from '#audit/chain.ts'
import { verifyLog } from '#audit/verify-log.ts'
import type { SiteId } from '#domain/id.ts'
import type { Store } from '#ports/store.ts'
import { EVERY_SITE, all, type Database } from '../../src/store/database.ts'
import { PARTS, STALE } from './store-catalogue.ts'
import type { Held } from './store-contract.ts'
import { commit, event } from './store-furniture.ts'
import { ACME, GLOBEX, HOME, MONDAY } from './store-things.ts'
import { everything, execute, tablesWith } from './store-rows.ts'

const SEED = 20261104

const NOBODY = { request: 'req_1', address: null, userAgent: null }
const SYSTEM = { type: 'system', id: 'system', name: null } as const

async function whole(store: Store, site: SiteId = ACME.id): Promise<number> {
  const verdict = await verifyLog(store.auditLog(site, 0), { verifiers: [] })
  assert.equal(verdict.kind, 'ok')
  return verdict.kind === 'ok' ? verdict.head.seq : 0
}

export function auditContract(held: Held): void {
  held('after any commits, good and stale and of two sites, each site has its own whole chain', async ({ store }) => {
    const written = new Map<string, number>([
      [ACME.id, 1],
      [GLOBEX.id, 1],
    ])
    const one = fc.record({
      site: fc.constantFrom(ACME.id, GLOBEX.id),
      changes: fc.subarray([...PARTS, ...STALE.slice(0, 5)], { maxLength: 3 }),
      events: fc.array(fc.constantFrom(event(), event({ actor: SYSTEM })), { minLength: 0, maxLength: 3 }),
      origin: fc.constantFrom(HOME, NOBODY),
    })
    await fc.assert(
      fc.asyncProperty(one, async ({ site, changes, events, origin }) => {
        const own = site === ACME.id ? changes : []
        const outcome = await commit(store, own, { site, origin, events: [event(), ...events] })
        const before = written.get(site) ?? 0
        if (outcome === 'committed') written.set(site, before + 1 + events.length)
        assert.equal(await whole(store, site), written.get(site))
      }),
      { seed: SEED, numRuns: 80, endOnFailure: true },
    )
    assert.ok([...written.values()].every((entries) => entries > 10))
  })

  held('an event is read back as it was told, with the time and place it came from', async ({ store }) => {
    const told = [
      event(),
      event({ actor: SYSTEM, subject: { type: 'site', id: ACME.id, name: 'acme' }, application: null, data: {} }),
      event({
        ev: 'bypass.granted',
        subject: { type: 'user', id: 'usr_kim', name: 'kim' },
        data: { to: ['a', null, { b: 1.5 }] },
      }),
    ] as const
    assert.equal(await commit(store, [], { at: MONDAY + 7, events: told }), 'committed')
    const rows = (await store.audit(ACME.id, { limit: 3 })).toReversed()
    for (const [index, row] of rows.entries()) {
      const { hash, ...rest } = row
      assert.deepEqual(rest, { ...told[index], seq: 2 + index, at: MONDAY + 7, origin: HOME })
      assert.match(hash, /^[0-9a-f]{64}$/)
    }
  })

  held(
    'the log is asked for by actor, subject, event and time, the newest first, a page at a time',
    async ({ store }) => {
      for (const minute of [1, 2, 3, 4, 5, 6]) {
        const actor = minute % 2 === 0 ? SYSTEM : { type: 'user', id: 'usr_bob', name: 'bob' }
        const subject = { type: 'user', id: minute > 3 ? 'usr_kim' : 'usr_ada', name: 'kim' }
        const ev = minute === 5 ? 'user.changed' : 'auth.password.ok'
        const told = event({ actor, subject, ev } as Parameters<typeof event>[0])
        assert.equal(await commit(store, [], { at: MONDAY + minute, events: [told] }), 'committed')
      }
      const seqs = async (query: Omit<Parameters<Store['audit']>[1], 'limit'>, limit = 10) =>
        (await store.audit(ACME.id, { ...query, limit })).map(({ seq }) => seq)
      assert.deepEqual(await seqs({}), [7, 6, 5, 4, 3, 2, 1])
      assert.deepEqual(await seqs({}, 2), [7, 6])
      assert.deepEqual(await seqs({ before: 6 }, 2), [5, 4])
      assert.deepEqual(await seqs({ actor: 'usr_bob' }), [6, 4, 2])
      assert.deepEqual(await seqs({ subject: 'usr_kim' }), [7, 6, 5])
      assert.deepEqual(await seqs({ ev: 'user.changed' }), [6])
      assert.deepEqual(await seqs({ from: MONDAY + 2, to: MONDAY + 4 }), [4, 3])
      assert.deepEqual(
        await seqs({ actor: 'usr_bob', subject: 'usr_kim', ev: 'user.changed', from: MONDAY, before: 7 }),
        [6],
      )
    },
  )

  held('a span of time is told page by page, each entry once, also where the clock was set back', async ({ store }) => {
    for (const minute of [1, 5, 3, 4, 2, 5, 6])
      assert.equal(await commit(store, [], { at: MONDAY + minute, events: [event({})] }), 'committed')
    const span = { from: MONDAY + 2, to: MONDAY + 6 }
    const paged = async (oldestFirst: boolean, limit: number) => {
      const told: number[] = []
      for (let last: number | undefined; ; ) {
        const further = last === undefined ? {} : oldestFirst ? { after: last } : { before: last }
        const page = await store.audit(ACME.id, { ...span, ...further, oldestFirst, limit })
        told.push(...page.map(({ seq }) => seq))
        last = page.at(-1)?.seq
        if (last === undefined) return told
      }
    }
    for (const limit of [1, 2, 3, 9]) {
      assert.deepEqual(await paged(true, limit), [6, 4, 5, 3, 7])
      assert.deepEqual(await paged(false, limit), [7, 3, 5, 4, 6])
    }
    const from = { from: MONDAY + 5, limit: 9 }
    const seqs = async (query: Parameters<Store['audit']>[1]) =>
      (await store.audit(ACME.id, query)).map(({ seq }) => seq)
    assert.deepEqual(await seqs(from), [8, 7, 3])
    assert.deepEqual(await seqs({ ...from, before: 99 }), [8, 7, 3], 'from its end')
    assert.deepEqual(await seqs({ ...from, after: 99, oldestFirst: true }), [])
    assert.deepEqual(await seqs({ ...from, before: 0 }), [])
    assert.deepEqual(await seqs({ ...from, before: 8, after: 2 }), [7, 3], 'between two numbers')
    assert.deepEqual(await seqs({ to: MONDAY + 2, limit: 1, oldestFirst: true, after: 0 }), [1])
  })

  held(
    '[S0.22] no entry is changed or deleted, and no head set back, by whatever statement',
    async ({ store, database }) => {
      assert.equal(await commit(store, []), 'committed')
      const before = await everything(database)
      for (const sql of [
        "UPDATE audit_entries SET entry = '{}'",
        "UPDATE audit_entries SET ev = 'user.changed' WHERE seq = 1",
        'UPDATE audit_entries SET seq = seq + 10',
        'DELETE FROM audit_entries',
        'DELETE FROM audit_entries WHERE seq = 2',
        'UPDATE audit_heads SET seq = seq - 1',
        'DELETE FROM audit_heads',
        "UPDATE audit_personal SET value = '{}'",
      ]) {
        await assert.rejects(execute(database, sql), /audit/, sql)
        assert.deepEqual(await everything(database), before, sql)
      }
    },
  )

  held(
    'what is personal lies beside the chain under a salted digest, and can be erased without breaking it',
    async ({ store, database }) => {
      const subject = { type: 'user', id: 'usr_kim', name: 'kim' } as const
      assert.equal(await commit(store, [], { events: [event({ subject }), event({ subject })] }), 'committed')
      assert.equal(await commit(store, [], { origin: NOBODY, events: [event({ actor: SYSTEM })] }), 'committed')
      const chain = await entries(database)
      for (const personal of [HOME.address, HOME.userAgent, '"ada"', '"kim"'])
        assert.ok(!JSON.stringify(chain.map(({ entry }) => entry)).includes(personal ?? ''), personal ?? '')
      const [first, second, third] = chain.slice(1).map(({ pii }) => pii)
      assert.notEqual(first, second, 'the same values twice have two digests')
      assert.equal(third, null)
      for (const { pii, salt, value } of chain)
        if (pii !== null) assert.equal(pii, sealPersonal(value, Buffer.from(salt, 'base64url')))
      assert.equal(
        chain[1]?.value,
        canonicalJson({ ip: HOME.address, ua: HOME.userAgent, actor_name: 'ada', subject_name: 'kim' }),
      )

      assert.equal(await execute(database, 'DELETE FROM audit_personal WHERE seq = ?', 2), 1)
      assert.equal(await whole(store), 4)
      const erased = (await store.audit(ACME.id, { limit: 10 })).find(({ seq }) => seq === 2)
      assert.deepEqual([erased?.actor.name, erased?.subject?.name, erased?.origin.address], [null, null, null])
      assert.deepEqual([erased?.actor.id, erased?.origin.request], ['usr_ada', 'req_home'])
    },
  )

  held('a name that is no proper text gets into the log all the same', async ({ store }) => {
    const origin = { ...HOME, userAgent: 'half \ud83d' }
    const typed = event({ actor: { type: 'anonymous', id: 'anonymous', name: '\udc00"\n\u001b[31m' } })
    assert.equal(await commit(store, [], { origin, events: [typed] }), 'committed')
    const [row] = await store.audit(ACME.id, { limit: 1 })
    assert.deepEqual([row?.actor.name, row?.origin.userAgent], ['\ufffd"\n\u001b[31m', 'half \ufffd'])
    assert.equal(await whole(store), 2)
  })

  held(
    'the chain of a removed site stays, ends with the removal, and takes nothing more',
    async ({ store, database }) => {
      const removal = event({ ev: 'site.deleted', subject: { type: 'site', id: ACME.id, name: 'acme' } })
      assert.equal(await commit(store, [{ kind: 'remove-site', site: ACME.id }], { events: [removal] }), 'committed')
      assert.equal(await whole(store), 2)
      assert.equal((await store.audit(ACME.id, { limit: 1 }))[0]?.ev, 'site.deleted')
      assert.equal(await commit(store, []), 'conflict')
      assert.equal(await commit(store, [{ kind: 'add-site', site: ACME, at: MONDAY }]), 'conflict')
      assert.deepEqual(await tablesWith(database, ACME.id), ['audit_heads', 'audit_entries', 'audit_personal'])
    },
  )

  held('a chain longer than is read at once is given from the beginning to the end', async ({ store }) => {
    const many = Array.from({ length: 1200 }, (_, index) => event({ data: { index } }))
    const [first, ...others] = many
    assert.equal(await commit(store, [], { events: [first ?? assert.fail(), ...others] }), 'committed')
    assert.equal(await whole(store), 1201)
    assert.equal(await whole(store, 'site_nowhere'), 0)
  })
}

async function entries(database: Database) {
  const sql = `SELECT e.entry, p.salt, p.value FROM audit_entries e
    LEFT JOIN audit_personal p ON p.site_id = e.site_id AND p.seq = e.seq WHERE e.site_id = ? ORDER BY e.seq`
  const rows = await database.together('read', () => all(sql, ACME.id), EVERY_SITE)
  return rows.map((row) => {
    const entry = String(row['entry'])
    const { pii } = JSON.parse(entry) as { pii: string | null }
    return { entry, pii, salt: String(row['salt']), value: String(row['value']) }
  })
}
