import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { test } from 'node:test'
import { createApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { createMetrics } from '#http/metrics.ts'
import type { Answered } from '#http/server.ts'
import { OURS, wholeServer } from '../whole-server.ts'

// Somebody reads everything a running server writes about itself: the lines of its log, its figures, the errors that were reported, the
// pages of other people, the audit log. A thousand sign-ins go by, right and wrong, and none of their secrets may be in there.

const SIGN_INS = 1_000

test('[SK-05] after a thousand sign-ins no password, code, token or key is in a log line, a figure, a report or another page', async (t) => {
  const small = await wholeServer(t, { preset: 'fleet' })
  const parsed = parseConfig({})
  assert.ok(parsed.ok)
  const lines: Answered[] = []
  const reports: unknown[] = []
  const metrics = createMetrics()
  const app = createApp(small.ports, {
    config: parsed.config,
    metrics,
    report: (error) => reports.push(error),
    observe: (answered) => lines.push(answered),
  })
  const canaries = new Set<string>([small.keys.admin, small.keys.service])
  const ask = async (door: string, body: unknown, token?: string) => {
    const [method = '', path = ''] = door.split(' ')
    const response = await app.fetch(
      new Request(`${small.ports.origin}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'canary',
          ...OURS,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
      '198.51.100.7',
    )
    const text = await response.text()
    return text === '' ? {} : JSON.parse(text)
  }

  for (let count = 0; count < SIGN_INS; count += 1) {
    const username = count % 2 === 0 ? 'kim' : 'sam'
    const password = count % 10 === 9 ? `canary-password-${count}` : `${username}-demo-password`
    canaries.add(password)
    small.clock.pass(400_000)
    const first = await ask('POST /acme/api/v1/login', { username, password })
    const pending: string | undefined = first.pending?.token
    if (pending === undefined) continue
    const code = small.codeFor(username)
    canaries.add(pending).add(code)
    if (count % 7 === 0) await ask('POST /acme/api/v1/login/verify', { code: '000000' }, pending)
    const second = await ask('POST /acme/api/v1/login/verify', { code, remember_device: true }, pending)
    for (const token of [second.session?.token, second.device_token]) if (token !== undefined) canaries.add(token)
  }
  assert.ok(canaries.size > SIGN_INS, `${canaries.size} canaries were let fly`)

  const admin = small.keys.admin
  const pages = await Promise.all(
    [
      '/users',
      '/audit?limit=1000',
      '/sessions',
      '/reports/overview',
      '/reports/activity',
      '/users/kim/devices',
      '/two-factor/users',
    ].map(async (path) =>
      inspect(await ask(`GET /acme/api/v1${path}`, undefined, admin), {
        depth: 20,
        maxArrayLength: null,
        maxStringLength: null,
      }),
    ),
  )
  const written: Readonly<Record<string, string>> = {
    'the log': JSON.stringify(lines),
    'the figures': metrics.text([]),
    'the reports': inspect(reports, { depth: 20 }),
    'the audit log': JSON.stringify(await small.trail()),
    'the pages of an administrator': pages.join('\n'),
  }
  for (const [where, text] of Object.entries(written))
    for (const canary of canaries) {
      // Six digits turn up in moments, counts and identifiers by chance: a code is looked for where it stands alone.
      const found = /^\d{6}$/.test(canary)
        ? new RegExp(`(?<![\\w.:-])${canary}(?![\\w.:-])`).test(text)
        : text.includes(canary)
      assert.ok(!found, `${canary} is in ${where}`)
    }
  assert.deepEqual(reports, [])
  assert.ok(lines.length >= SIGN_INS)
})
