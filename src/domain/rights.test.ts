import assert from 'node:assert/strict'
import { test } from 'node:test'
import { covers, RIGHTS, rightsOfRoles, withImplied } from './rights.ts'

test('an Administrator may do everything, and no other role does by itself', () => {
  assert.deepEqual([...rightsOfRoles(['Administrator'])], [...RIGHTS])
  for (const roles of [[], ['All'], ['System Manager'], ['administrator'], ['All', 'Accounts Manager', 'helpdesk']])
    assert.deepEqual([...rightsOfRoles(roles)], [], roles.join())
})

test('Helpdesk looks at users and helps them; Auditor reads everything and changes nothing', () => {
  assert.deepEqual([...rightsOfRoles(['All', 'Helpdesk'])], ['users:read', 'users:help'])
  assert.deepEqual(
    [...rightsOfRoles(['Auditor'])],
    ['settings:read', 'users:read', 'audit:read', 'delivery:read', 'keys:read'],
  )
  assert.equal(rightsOfRoles(['Helpdesk', 'Auditor']).size, 6)
})

test('to write is to read the same, and nothing else', () => {
  assert.deepEqual([...withImplied(['users:write'])], ['users:read', 'users:write'])
  assert.deepEqual([...withImplied(['sessions:write'])], ['sessions:write'])
  assert.deepEqual([...withImplied(['users:help', 'keys:read'])], ['users:help', 'keys:read'])
  assert.deepEqual([...withImplied([])], [])
})

test('what somebody has is enough for as much and for less', () => {
  const helpdesk = rightsOfRoles(['Helpdesk'])
  assert.ok(covers(rightsOfRoles(['Administrator']), helpdesk))
  assert.ok(covers(helpdesk, helpdesk) && covers(helpdesk, []) && covers(new Set(), []))
  assert.ok(!covers(helpdesk, ['users:write']) && !covers(rightsOfRoles(['Auditor']), helpdesk))
})
