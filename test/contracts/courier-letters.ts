import { Secret } from '#domain/secret.ts'
import { minutes } from '#domain/time.ts'
import type { Outgoing } from '#ports/delivery.ts'

export const CODE = '493817'
export const MONDAY_NINE = Date.UTC(2026, 10, 23, 9, 0)
export const LINK = 'https://erp.acme.test/acme/enrol/Zm9yIGtpbSBvbmx5'

/** A code for Kim, who signs in on a Monday at nine; `change` is what a test is about. */
export function outgoing(change: Partial<Outgoing> = {}): Outgoing {
  const channel = change.channel ?? 'email'
  return {
    id: 'dlv_q1W2e3R4t5Y6u7I8o9P0aQ',
    channel,
    config: new Secret('{}'),
    trusted: true,
    receipts: null,
    to: channel === 'email' ? 'kim@acme.test' : '+4915112345678',
    letter: { kind: 'code', code: new Secret(CODE), expiresAt: MONDAY_NINE + minutes(5) },
    language: 'en',
    displayName: 'Kim Example',
    siteTitle: 'Acme ERP',
    host: 'erp.acme.test',
    wordings: [],
    causedAt: MONDAY_NINE,
    address: '203.0.113.9',
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0',
    ...change,
  }
}

export const enrolmentLink = {
  kind: 'enrolment_link',
  link: new Secret(LINK),
  expiresAt: MONDAY_NINE + minutes(4),
} as const
