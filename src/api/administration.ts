import type { Handler } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { deleteKey, getKeys, postKey } from './api-keys.ts'
import { getApplications, patchApplication, postApplication, removeApplication } from './applications.ts'
import { getAudit } from './audit.ts'
import { deleteAuthenticator, deleteAuthenticators, getAuthenticators } from './authenticators.ts'
import { type AdministrationHandler, behindRight } from './behind-right.ts'
import { deleteBypass, putBypass } from './bypass.ts'
import { postChallenge } from './challenges.ts'
import { deleteChannel, deleteRemoval, getChannel, getChannels, putChannel } from './channels.ts'
import { getHealth, postConfirm, postTest } from './delivery.ts'
import { deleteDevice, deleteDevices, getDevices } from './devices.ts'
import { postExplain } from './explain.ts'
import { getAuditExport } from './export-audit.ts'
import { getTwoFactorUsers, getUsers } from './list-users.ts'
import { getActivity, getOverview, getSettingsManual } from './overview.ts'
import { getRecoveryRequests, postApproveRecovery, postBindingCode, postRefuseRecovery } from './recovery-requests.ts'
import { getAttempt, postEnrolAnew, postHelpCode, postHelpStatus, postResend } from './helpdesk.ts'
import {
  getIdentityProviders,
  patchIdentityProvider,
  postIdentityProvider,
  removeIdentityProvider,
} from './identity-providers.ts'
import { deleteHardware, getHardware, postHardware, postResynchronise, putHardware } from './hardware.ts'
import { postImport } from './import-users.ts'
import { postResetPassword } from './password-reset.ts'
import { postPreset } from './presets.ts'
import { postPreview } from './preview.ts'
import { getAdoption, getBypasses, getPasswordLogins, getDelivery } from './reports.ts'
import { repeatable } from './repeatable.ts'
import { getRoles, patchRole, postRole, removeRole } from './roles.ts'
import { deleteSessions, deleteUserSession, deleteUserSessions, getSessions, getUserSessions } from './sessions.ts'
import { getSettings, patchSettings } from './settings.ts'
import { postRepairSteps } from './repair-steps.ts'
import { postUnlock } from './unlock.ts'
import { deleteOpenIdClient, getOpenIdClients, postRotateOpenIdKeys, putOpenIdClient } from './openid-clients.ts'
import { getUser, patchUser, postUser, putUserApplication, removeUser } from './users.ts'
import { deleteText, getTexts, postPreviewText, putText } from './wordings.ts'

/** What stands behind each door of the administration. */
const HANDLERS = {
  'api.challenge': postChallenge,
  'api.settings': getSettings,
  'api.set-settings': patchSettings,
  'api.preset': postPreset,
  'api.preview': postPreview,
  'api.users': getUsers,
  'api.create-user': repeatable(postUser),
  'api.import-users': repeatable(postImport),
  'api.user': getUser,
  'api.change-user': patchUser,
  'api.delete-user': removeUser,
  'api.grant-bypass': putBypass,
  'api.revoke-bypass': deleteBypass,
  'api.user-application': putUserApplication,
  'api.user-sessions': getUserSessions,
  'api.end-user-sessions': deleteUserSessions,
  'api.end-user-session': deleteUserSession,
  'api.devices': getDevices,
  'api.forget-devices': deleteDevices,
  'api.forget-device': deleteDevice,
  'api.authenticators': getAuthenticators,
  'api.reset-authenticators': deleteAuthenticators,
  'api.remove-authenticator': deleteAuthenticator,
  'api.hardware': getHardware,
  'api.import-hardware': repeatable(postHardware),
  'api.assign-hardware': putHardware,
  'api.remove-hardware': deleteHardware,
  'api.resynchronise': postResynchronise,
  'api.repair-steps': postRepairSteps,
  'api.unlock': postUnlock,
  'api.reset-password': postResetPassword,
  'api.help-status': postHelpStatus,
  'api.resend': postResend,
  'api.give-code': repeatable(postHelpCode),
  'api.enrol-anew': postEnrolAnew,
  'api.recovery-requests': getRecoveryRequests,
  'api.approve-recovery': postApproveRecovery,
  'api.refuse-recovery': postRefuseRecovery,
  'api.binding-code': postBindingCode,
  'api.attempt': getAttempt,
  'api.roles': getRoles,
  'api.create-role': repeatable(postRole),
  'api.change-role': patchRole,
  'api.delete-role': removeRole,
  'api.applications': getApplications,
  'api.create-application': repeatable(postApplication),
  'api.change-application': patchApplication,
  'api.delete-application': removeApplication,
  'api.identity-providers': getIdentityProviders,
  'api.create-identity-provider': repeatable(postIdentityProvider),
  'api.change-identity-provider': patchIdentityProvider,
  'api.delete-identity-provider': removeIdentityProvider,
  'api.openid-clients': getOpenIdClients,
  'api.set-openid-client': putOpenIdClient,
  'api.remove-openid-client': deleteOpenIdClient,
  'api.rotate-openid-keys': postRotateOpenIdKeys,
  'api.keys': getKeys,
  'api.create-key': repeatable(postKey),
  'api.revoke-key': deleteKey,
  'api.sessions': getSessions,
  'api.clear-sessions': deleteSessions,
  'api.explain': postExplain,
  'api.audit': getAudit,
  'api.export-audit': getAuditExport,
  'api.adoption': getAdoption,
  'api.bypasses': getBypasses,
  'api.password-logins': getPasswordLogins,
  'api.delivery': getDelivery,
  'api.health': getHealth,
  'api.test-channel': postTest,
  'api.confirm-channel': postConfirm,
  'api.channels': getChannels,
  'api.channel': getChannel,
  'api.set-channel': putChannel,
  'api.unset-channel': deleteChannel,
  'api.keep-channel': deleteRemoval,
  'api.texts': getTexts,
  'api.set-text': putText,
  'api.unset-text': deleteText,
  'api.preview-text': postPreviewText,
  'api.overview': getOverview,
  'api.activity': getActivity,
  'api.settings-manual': getSettingsManual,
  'api.two-factor-users': getTwoFactorUsers,
} as const satisfies Record<string, (ports: Ports) => AdministrationHandler>

export type AdministrationDoor = keyof typeof HANDLERS

/** The same, each behind the right that its door names. */
export function administrationHandlers(
  ports: Ports,
  guarded: (door: AdministrationDoor, handler: Handler) => Handler,
): Readonly<Record<AdministrationDoor, Handler>> {
  const names = Object.keys(HANDLERS) as AdministrationDoor[]
  const entries = names.map((name) => [name, guarded(name, behindRight(ports, name, HANDLERS[name](ports)))] as const)
  return Object.fromEntries(entries) as Record<AdministrationDoor, Handler>
}
