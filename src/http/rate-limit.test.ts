import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import { problem, PROBLEMS } from './problems.ts'
import { rateLimit, rateLimitPolicy } from './rate-limit.ts'

test('a limit is told as two structured fields', () => {
  assert.equal(rateLimit({ name: 'resend', left: 0, seconds: 30 }), '"resend";r=0;t=30')
  assert.equal(rateLimitPolicy('resend', { quota: 1, seconds: 30 }), '"resend";q=1;w=30')
})

test('whoever has run into a limit is told which one, and for how many seconds, where that is known', () => {
  const now = Date.UTC(2026, 10, 2, 9)
  const told = problem('resend_cooldown', { retryAt: now + seconds(12), now })
  assert.equal(told.headers.get('ratelimit'), '"resend";r=0;t=12')
  assert.equal(told.headers.get('retry-after'), '12')
  assert.equal(problem('code_locked', { retryAt: Infinity, now }).headers.get('ratelimit'), null)
  assert.equal(problem('send_limit', { now }).headers.get('ratelimit'), null)
  assert.equal(problem('not_found', { retryAt: now + seconds(12), now }).headers.get('ratelimit'), null)
})

test('every refusal that waiting helps against names its limit', () => {
  const unnamed = Object.entries(PROBLEMS).filter(([, kind]) => kind.status === 429 && !('limit' in kind))
  // A sign-in that is over is begun anew, and a busy server knows no number.
  assert.deepEqual(
    unnamed.map(([code]) => code),
    ['too_many_attempts', 'busy'],
  )
})
