import type { SiteId } from '#domain/id.ts'
import type { User } from '#domain/user.ts'
import { GENESIS } from '#audit/chain.ts'
import type { Change } from '#ports/changes.ts'
import { applyAuditLogChange } from './audit-log-rows.ts'
import { applyAuditStreamChange } from './audit-stream-rows.ts'
import { applyChannelChange } from './apply-channel-change.ts'
import { applyExternalIdentityChange } from './external-identity-rows.ts'
import { applyRecoveryRequestChange } from './recovery-request-rows.ts'
import { applyDeviceTokenChange } from './device-tokens.ts'
import { applyOpenIdChange } from './apply-openid-change.ts'
import { applyKeptRequestChange } from './kept-request-rows.ts'
import { applyPasswordResetChange } from './password-reset-rows.ts'
import { applyFactorChange } from './apply-factor-change.ts'
import { applyRepairChange } from './apply-repair-change.ts'
import { applyRestoredChange } from './apply-restored-change.ts'
import { run, type Work } from './database.ts'
import { applySendCapChange } from './send-cap-rows.ts'
import { applyChannelRemovalChange } from './channel-removal-rows.ts'
import { applyWaitingAddressChange } from './waiting-address-rows.ts'
import { applyWordingChange } from './wording-rows.ts'
import { applyIdentityProviderChange } from './identity-provider-rows.ts'
import { challengeValues, deliveryValues, deviceValues, issuedCodeValues, sessionValues } from './login-rows.ts'
import { apiKeyValues, applicationValues, channelValues, roleValues, siteValues } from './site-rows.ts'
import * as sql from './statements.ts'
import { authenticatorValues, changedUserValues, counterValues, enrolmentValues, newUserValues } from './user-rows.ts'

/**
 * Does one change inside the running transaction. Answers how many rows it is about were there: anything but one means that the
 * change was decided on what is no longer so, and the whole commit is off.
 */
export function* applyChange(site: SiteId, change: Change): Work<number> {
  switch (change.kind) {
    case 'add-challenge':
      return yield* run(sql.CHALLENGES.add, ...challengeValues(change.challenge, change.challenge.version))
    case 'move-challenge':
      return yield* run(sql.CHALLENGES.change, ...challengeValues(change.challenge, change.from + 1), change.from)
    case 'set-counters':
      return yield* run(sql.COUNTERS.change, ...counterValues(change.counters, site, change.from + 1), change.from)
    case 'count-password': {
      const { bucket, failures, lastAt } = change.throttle
      if (change.from === null) return yield* run(sql.THROTTLES.add, failures, lastAt, site, bucket)
      return yield* run(sql.THROTTLES.change, failures, lastAt, site, bucket, change.from)
    }

    case 'spend-step':
      return yield* run(sql.AUTHENTICATORS.spendStep, change.step, change.at, site, change.authenticator, change.step)
    case 'add-authenticator':
      return yield* run(sql.AUTHENTICATORS.add, ...authenticatorValues(change.authenticator))
    case 'remove-authenticator':
      return yield* run(sql.AUTHENTICATORS.remove, site, change.authenticator)
    case 'add-enrolment':
      return yield* run(sql.ENROLMENTS.add, ...enrolmentValues(change.enrolment, change.enrolment.version))
    case 'move-enrolment':
      return yield* run(sql.ENROLMENTS.change, ...enrolmentValues(change.enrolment, change.from + 1), change.from)
    case 'end-enrolment':
      return yield* run(sql.ENROLMENTS.end, site, change.enrolment, change.from)

    case 'issue-code':
      return yield* run(sql.ISSUED_CODES.issue, ...issuedCodeValues(change.code))
    case 'spend-issued-code':
      return yield* run(sql.ISSUED_CODES.spend, site, change.user, change.digest)

    case 'sign-in-user':
      return yield* run(sql.USERS.signIn, change.at, change.requiredSince, site, change.user, change.sessionEpoch)
    case 'add-session':
      return yield* run(sql.SESSIONS.add, ...sessionValues(change.session))
    case 'renew-session': {
      const { tokenDigest, evidence, lastSeenAt, user, id } = change.session
      const values = [tokenDigest, JSON.stringify(evidence), lastSeenAt]
      return yield* run(sql.SESSIONS.renew, ...values, site, user, id, change.from)
    }
    case 'end-session':
      return yield* run(sql.SESSIONS.end, change.at, site, change.session)
    case 'end-user-sessions':
      return yield* run(sql.USERS.endSessions, site, change.user, change.fromEpoch)
    case 'end-site-sessions':
      return yield* run(sql.SITES.endSessions, site, change.fromEpoch)
    case 'add-device':
      return yield* run(sql.DEVICES.add, ...deviceValues(change.device))
    case 'use-device':
      return yield* run(sql.DEVICES.use, change.at, change.address, site, change.device)
    case 'forget-device':
      return yield* run(sql.DEVICES.forget, change.at, site, change.device)
    case 'forget-user-devices':
      return yield* run(sql.USERS.forgetDevices, site, change.user, change.fromEpoch)
    case 'forget-site-devices':
      return yield* run(sql.SITES.forgetDevices, site, change.fromEpoch)

    case 'add-delivery':
      return yield* run(sql.DELIVERIES.add, ...deliveryValues(change.delivery, change.delivery.version))
    case 'move-delivery':
      return yield* run(sql.DELIVERIES.change, ...deliveryValues(change.delivery, change.from + 1), change.from)
    case 'set-channel':
      return yield* run(sql.CHANNEL_ROWS.set, site, change.channel, ...channelValues(change.config))

    case 'add-site': {
      const added = yield* run(sql.SITES.add, ...siteValues(change.site), change.at)
      return added && (yield* run(sql.AUDIT.addHead, site, change.site.name, GENESIS))
    }
    case 'remove-site':
      // Takes with it, by foreign keys, all but the channels, which know no site of their own, and the audit, which stays.
      yield* run(sql.CHANNEL_ROWS.removeOfSite, site)
      return yield* run(sql.SITES.remove, site)
    case 'set-settings':
      return yield* setSettings(site, change)

    case 'add-user': {
      const added = yield* run(sql.USERS.add, ...newUserValues(change.user, change.passwordHash))
      if (added !== 1) return added
      yield* addRoles(change.user)
      return yield* run(sql.COUNTERS.add, ...counterValues(change.counters, site, change.counters.version))
    }
    case 'change-user': {
      const changed = yield* run(sql.USERS.change, ...changedUserValues(change.user, change.from + 1), change.from)
      if (changed !== 1) return changed
      yield* run(sql.USER_ROLES.remove, site, change.user.id)
      yield* addRoles(change.user)
      return changed
    }
    case 'remove-user':
      return yield* run(sql.USERS.remove, site, change.user, change.from)
    case 'remind-of-bypass':
      return yield* run(sql.USERS.remindOfBypass, site, change.user, change.expiresAt)
    case 'keep-administrator':
      // A statement of its own: one that has to wait looks at its own row again, and at other tables as they were before.
      yield* run(sql.SITES.hold, site)
      return yield* run(sql.USERS.keepAdministrator, site, change.besides)
    case 'set-password':
      return yield* run(sql.USERS.setPassword, change.passwordHash, site, change.user)
    case 'set-user-application':
      return yield* run(sql.USER_APPLICATIONS.set, site, change.user, change.application, Number(change.twoFactor))

    case 'add-role':
      return yield* run(sql.ROLES.add, ...roleValues(change.role, change.role.version))
    case 'change-role':
      return yield* run(sql.ROLES.change, ...roleValues(change.role, change.from + 1), change.from)
    case 'remove-role':
      yield* run(sql.ROLES.raiseVersionOfHolders, site, site, change.name)
      yield* run(sql.ROLES.takeFromHolders, site, change.name)
      return yield* run(sql.ROLES.remove, site, change.name, change.from)
    case 'add-application':
      return yield* run(sql.APPLICATIONS.add, ...applicationValues(change.application, change.application.version))
    case 'change-application':
      return yield* run(sql.APPLICATIONS.change, ...applicationValues(change.application, change.from + 1), change.from)
    case 'remove-application':
      yield* run(sql.APPLICATIONS.removeSwitches, site, change.name)
      return yield* run(sql.APPLICATIONS.remove, site, change.name, change.from)

    case 'add-api-key':
      return yield* run(sql.API_KEYS.add, ...apiKeyValues(change.key))
    case 'revoke-api-key':
      return yield* run(sql.API_KEYS.revoke, change.at, site, change.key)

    case 'add-audit-key':
    case 'retire-audit-key':
    case 'seal-audit':
    case 'purge-audit':
    case 'erase-audit-personal':
      return yield* applyAuditLogChange(change)
    case 'add-audit-stream':
    case 'remove-audit-stream':
      return yield* applyAuditStreamChange(change)

    case 'add-openid-client':
    case 'change-openid-client':
    case 'remove-openid-client':
    case 'add-openid-key':
    case 'retire-openid-key':
    case 'put-openid-artifact':
    case 'spend-openid-artifact':
      return yield* applyOpenIdChange(site, change)
    case 'add-passkey':
    case 'use-passkey':
    case 'remove-passkey':
    case 'spend-ceremony':
    case 'name-authenticator':
    case 'set-recovery-codes':
    case 'keep-recovery-codes':
    case 'spend-recovery-code':
    case 'drop-recovery-codes':
    case 'add-hardware':
    case 'move-hardware':
    case 'spend-hardware':
    case 'remove-hardware':
    case 'carry-session':
      return yield* applyFactorChange(site, change)
    case 'add-identity-provider':
    case 'change-identity-provider':
    case 'remove-identity-provider':
      return yield* applyIdentityProviderChange(change)
    case 'outlive-backup':
      return yield* applyRestoredChange(site, change)
    case 'give-back-steps':
      return yield* applyRepairChange(site, change)
    case 'add-external-identity':
      return yield* applyExternalIdentityChange(change)
    case 'request-reset':
    case 'hold-reset':
    case 'spend-reset':
      return yield* applyPasswordResetChange(site, change)
    case 'add-recovery-request':
    case 'change-recovery-request':
      return yield* applyRecoveryRequestChange(change)
    case 'rotate-device':
    case 'retire-device-token':
      return yield* applyDeviceTokenChange(site, change)
    case 'keep-send-caps':
    case 'raise-alarm':
      return yield* applySendCapChange(site, change)
    case 'set-wording':
    case 'remove-wording':
      return yield* applyWordingChange(site, change)
    case 'keep-address-waiting':
    case 'count-address-code':
    case 'drop-waiting-address':
      return yield* applyWaitingAddressChange(change)
    case 'keep-channel-removal':
    case 'drop-channel-removal':
      return yield* applyChannelRemovalChange(change)
    case 'do-request':
      return yield* applyKeptRequestChange(site, change)
    default:
      return yield* applyChannelChange(site, change)
  }
}

function* setSettings(site: SiteId, change: Extract<Change, { kind: 'set-settings' }>): Work<number> {
  const raised = yield* run(sql.SITE_SETTINGS.raiseVersion, site, change.from)
  if (raised !== 1) return raised
  for (const [key, value] of Object.entries(change.values)) {
    if (value === undefined) continue
    if (value === null) yield* run(sql.SITE_SETTINGS.unset, site, key)
    else yield* run(sql.SITE_SETTINGS.set, site, key, JSON.stringify(value), change.at, change.by)
  }
  return raised
}

function* addRoles(user: User): Work<void> {
  for (const [position, role] of user.roles.entries())
    yield* run(sql.USER_ROLES.add, user.site, user.id, role, position)
}

/** Whether the change is about this site and no other: everything in a commit belongs to the site whose chain accounts for it. */
export function belongsTo(site: SiteId, change: Change): boolean {
  return [change, ...Object.values<unknown>(change)].every((part) => {
    const named = siteNamedIn(part)
    return named === undefined || named === site
  })
}

function siteNamedIn(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || !('site' in part)) return undefined
  const { site } = part
  return typeof site === 'object' && site !== null && 'id' in site ? site.id : site
}
