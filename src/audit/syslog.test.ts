import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditRow } from './event.ts'
import { cefMessage, gapMessage, syslogMessage } from './syslog.ts'

const ROW: AuditRow = {
  seq: 7,
  at: Date.UTC(2026, 10, 2, 9),
  ev: 'auth.challenge.fail',
  actor: { type: 'user', id: 'usr_kim', name: 'kim' },
  subject: null,
  application: 'web',
  data: {},
  origin: { request: 'req_1', address: '198.51.100.7', userAgent: 'Firefox' },
  hash: 'ab',
}

test('an entry as syslog says who, what, from where, its number and its hash', () => {
  assert.equal(
    syslogMessage('acme', 'erp', ROW),
    '<108>1 2026-11-02T09:00:00.000Z erp countersign - auth.challenge.fail [countersign@32473 site="acme" seq="7"' +
      ' hash="ab" user="kim" app="web" ip="198.51.100.7" req="req_1"] Code refused',
  )
  assert.match(syslogMessage('acme', 'erp', { ...ROW, ev: 'session.created', data: { '2fa': 'passed' } }), /^<109>1 /)
})

test('[AU-11] [R-223] what a person typed can end neither a line nor a field, in syslog and in CEF', () => {
  const wild = 'x"] <13>1 forged\r\n\u2028\u001B[31m|=\\'
  const row = { ...ROW, actor: { ...ROW.actor, name: wild } }
  for (const line of [syslogMessage('acme', 'erp', row), cefMessage('acme', 'erp', row)]) {
    assert.doesNotMatch(line, /[\u0000-\u001F\u2028]/)
    assert.equal(line.match(/<108>1/g)?.length, 1)
  }
  assert.ok(syslogMessage('acme', 'erp', row).includes('user="x\\"\\] <13>1 forged [31m|=\\\\"'))
  assert.ok(cefMessage('acme', 'erp', row).includes('suser=x"] <13>1 forged [31m|\\=\\\\ '))
})

test('a checkpoint goes along whole, so that the receiver can be an anchor', () => {
  const note = 'countersign/site/x\n3\nroot\n'
  assert.ok(
    syslogMessage('acme', 'erp', { ...ROW, ev: 'audit.checkpoint', data: { note } }).includes(
      'note="countersign/site/x 3 root ',
    ),
  )
})

test('an entry as CEF has the header fields in their places', () => {
  const [head = '', ...fields] = cefMessage('acme', 'erp', ROW).split('|')
  assert.match(head, /^<108>1 2026-11-02T09:00:00\.000Z erp countersign - auth\.challenge\.fail - CEF:0$/)
  assert.deepEqual(fields.slice(0, 6), ['Countersign', 'Countersign', '1', 'auth.challenge.fail', 'Code refused', '7'])
})

test('entries that no receiver will get are named', () => {
  assert.match(gapMessage('acme', 'erp', ROW.at, { from: 3, to: 9 }), /audit\.gap .*from="3" to="9"/)
})
