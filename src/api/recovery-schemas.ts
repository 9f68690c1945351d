import { z } from 'zod'
import { CHECKS_NEEDED, IDENTITY_CHECKS, type IdentityCheck, RECOVERY_STATES } from '#domain/recovery-request.ts'
import { moment } from './schemas.ts'

export const CHECK_NAMES = Object.keys(IDENTITY_CHECKS) as [IdentityCheck, ...IdentityCheck[]]

export const ApproveRecovery = z.strictObject({
  checks: z
    .array(z.enum(CHECK_NAMES))
    .max(CHECK_NAMES.length)
    .meta({ description: `How it was made sure who is asking; ${CHECKS_NEEDED} different ones at least.` }),
  reason: z.string().max(200).meta({ description: 'In words: whom you spoke to, and how you were sure.' }),
})
export const RecoveryRequestBody = z.object({
  username: z.string(),
  state: z.enum(RECOVERY_STATES),
  note: z.string().meta({ description: 'In the words of whoever asked, who has shown the password.' }),
  requested_at: moment,
  waits_until: moment.meta({ description: 'No code is given out before.' }),
  expires_at: moment,
  decided_by: z.string().nullable(),
  factor_used_since: z.boolean().meta({
    description: 'Something that is said to be lost was used since: then somebody else is asking.',
  }),
})
export const RecoveryRequests = z.object({
  items: z.array(RecoveryRequestBody),
  checks: z.array(z.object({ name: z.enum(CHECK_NAMES), title: z.string() })).meta({
    description: 'The checks of identity that an approval can name.',
  }),
})
