import { type Instant, rfc3339, seconds } from '#domain/time.ts'
import type { Call } from '#http/call.ts'
import { problem } from '#http/problems.ts'
import { rateLimit, rateLimitPolicy } from '#http/rate-limit.ts'
import type { Ports } from '#ports/ports.ts'
import { type PendingLogin, pendingLogin, pendingSeen } from '#usecases/pending-login.ts'
import type { ChallengeView, EnrolmentView, PendingFile } from '#usecases/pending-view.ts'
import type { z } from 'zod'
import { json } from './answer.ts'
import { type Challenge, Challenged, type Enrolment, Enrolling, FactorChallenged, FactorEnrolling } from './schemas.ts'

/**
 * 202: what the holder of a pending login has to do next. `field`: an application that asked for the second factor alone is told an
 * outcome, everybody else a status. `seen`: it began a moment ago, and nothing has to be read for it.
 */
export async function showPending(
  ports: Ports,
  call: Call,
  token: string,
  { field = 'status', seen }: { readonly field?: 'status' | 'outcome'; readonly seen?: PendingFile | undefined } = {},
): Promise<Response> {
  const login = seen
    ? pendingSeen(seen, ports.clock.now())
    : await pendingLogin(ports, { site: call.site.id, pendingToken: token })
  if (!login) return problem('pending_gone', { requestId: call.origin.request })
  const { challenge, view } = login
  const pending = { token, expires_at: rfc3339(challenge.expiresAt) }
  const { decision } = challenge
  if (view.kind === 'challenge') {
    const rest = { pending, challenge: challengeBody(login, view), decision }
    const headers = resendLimit(view, ports.clock.now())
    return field === 'status'
      ? json(Challenged, { status: 'challenge', ...rest }, 202, headers)
      : json(FactorChallenged, { outcome: 'challenge', ...rest }, 202, headers)
  }
  const rest = { pending, enrolment: enrolmentBody(view), decision }
  return field === 'status'
    ? json(Enrolling, { status: 'enrol', ...rest }, 202)
    : json(FactorEnrolling, { outcome: 'enrol', ...rest }, 202)
}

/** Whether another message can be asked for now, told before anybody runs into the limit. */
function resendLimit({ method, channels, resendCooldownSeconds }: ChallengeView, now: Instant): Record<string, string> {
  const current = channels.find(({ channel }) => channel === method) ?? channels[0]
  if (!current) return {}
  const wait = Math.max(0, Math.ceil((current.resendAt - now) / seconds(1)))
  const limit = { name: 'resend', left: wait > 0 ? 0 : 1, seconds: wait > 0 ? wait : resendCooldownSeconds } as const
  return {
    ratelimit: rateLimit(limit),
    'ratelimit-policy': rateLimitPolicy('resend', { quota: 1, seconds: resendCooldownSeconds }),
  }
}

function challengeBody({ challenge }: PendingLogin, view: ChallengeView): z.input<typeof Challenge> {
  const { sending, contacts } = view
  const to = sending && 'to' in sending ? sending.to : null
  const insteadOf = sending && 'insteadOf' in sending ? sending.insteadOf : null
  const channels = view.channels.map(({ channel, to, resendAt }) => ({ channel, to, resend_at: later(resendAt) }))
  const current = channels.find(({ channel }) => channel === view.method) ?? channels[0]
  return {
    method: view.method,
    sent_to: to,
    methods: [...view.methods],
    channels,
    resend_at: current?.resend_at ?? null,
    expires_at: rfc3339(view.codeExpiresAt ?? challenge.expiresAt),
    delivery: sending?.state ?? null,
    ...(insteadOf === null ? {} : { instead_of: insteadOf }),
    digits: view.digits,
    failed_codes: view.failed,
    attempts_left: view.attemptsLeft,
    remember_hours: view.rememberHours,
    ...(contacts.length > 0 ? { contacts: [...contacts] } : {}),
  }
}

function enrolmentBody({ channel, sending, expiresAt }: EnrolmentView): z.input<typeof Enrolment> {
  const to = sending && 'to' in sending ? { sent_to: sending.to } : {}
  return {
    channel,
    ...to,
    delivery: sending?.state ?? null,
    expires_at: expiresAt === null ? null : rfc3339(expiresAt),
  }
}

function later(at: Instant): string | null {
  return at > 0 ? rfc3339(at) : null
}
