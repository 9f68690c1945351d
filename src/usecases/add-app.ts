import { openEnrolment } from '#challenge/open.ts'
import { newId, newToken } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import { ownEvent } from './act.ts'
import { newEnrolment } from './new-enrolment.ts'
import { type OwnOrder, type OwnRefusal, overOwn } from './own-account.ts'

/** `token` is shown and confirmed with like that of a sign-in that has an app to bind. */
export type AddAppOutcome = { readonly kind: 'pending'; readonly token: string } | OwnRefusal

/**
 * The holder of a session that was proved a moment ago sets up one more authenticator app. Until its first right code nothing of what
 * they have changes.
 */
export async function addApp(ports: Ports, order: OwnOrder): Promise<AddAppOutcome> {
  return overOwn<Exclude<AddAppOutcome, OwnRefusal>>(ports, order, 'add-app', async (file, now) => {
    const { site, user, session } = file
    const token = `pt_${newToken(ports.random.bytes(32))}`
    const challenge = openEnrolment(
      {
        id: newId('chl', ports.random.bytes(16)),
        site: site.id,
        user: user.id,
        application: session.application,
        purpose: 'step_up',
        session: session.id,
        tokenDigest: ports.vault.digest(token),
        decision: { outcome: 'enrol', rule: 'enrol', reason: 'own_account' },
        firstProof: session.evidence[0] ?? { kind: 'password', at: session.createdAt },
        userEpoch: user.sessionEpoch,
        now,
        address: order.origin.address,
        userAgent: order.origin.userAgent,
      },
      'screen',
    )
    const { changes } = newEnrolment(ports, file, { challenge: challenge.id, mailTo: null, now })
    const data = { challenge: challenge.id, session: session.id }
    return {
      changes: [{ kind: 'add-challenge', challenge }, ...changes],
      events: [ownEvent(user, session.application, 'factor.enrol.started', data)],
      outcome: { kind: 'pending', token },
    }
  })
}
