import type { z } from 'zod'
import type { ProblemCode } from '#http/problems.ts'
import type { AdministrationDoor } from './administration.ts'
import * as recovery from './recovery-schemas.ts'
import * as shapes from './administration-schemas.ts'
import * as delivery from './delivery-schemas.ts'
import * as seen from './view-schemas.ts'
import * as reports from './report-schemas.ts'
import { IDENTITY_PROVIDER_SHAPES } from './identity-provider-schemas.ts'
import { OPENID_SHAPES } from './openid-schemas.ts'
import { WORDING_SHAPES } from './wording-schemas.ts'
import { BODY, CALLER, type Operation } from './operation.ts'
import { AuditFilter, AuditPage, Explain, Explained, SettingsBody, SettingsChange } from './schemas.ts'

// One list of all doors of the administration, longer than other files for that.

/** The shapes of the administration that have a name in the documentation. */
export const ADMINISTRATION_SHAPES = {
  SettingsBody,
  SettingsChange,
  Preset: shapes.Preset,
  PresetApplied: shapes.PresetApplied,
  Previewed: reports.Previewed,
  User: shapes.UserBody,
  HardwarePage: shapes.HardwarePage,
  HardwareImported: shapes.HardwareImported,
  AssignHardware: shapes.AssignHardware,
  Resynchronise: shapes.Resynchronise,
  ListedUsers: seen.ListedUsers,
  TwoFactorUsers: seen.TwoFactorUsers,
  SettingList: seen.SettingList,
  Overview: seen.OverviewBody,
  Activity: seen.Activity,
  NewUser: shapes.NewUser,
  UserChange: shapes.UserChange,
  GrantBypass: shapes.GrantBypass,
  SwitchApplication: shapes.SwitchApplication,
  Unlock: shapes.Unlock,
  Help: shapes.Help,
  RepairSteps: shapes.RepairSteps,
  Repaired: shapes.Repaired,
  FactorStatus: shapes.FactorStatus,
  GivenCode: shapes.GivenCode,
  ResetMailed: shapes.ResetMailed,
  ApproveRecovery: recovery.ApproveRecovery,
  RecoveryRequest: recovery.RecoveryRequestBody,
  RecoveryRequests: recovery.RecoveryRequests,
  Attempts: shapes.Attempts,
  Ended: shapes.Ended,
  SessionPage: shapes.SessionPage,
  DevicePage: shapes.DevicePage,
  AuthenticatorPage: shapes.AuthenticatorPage,
  Role: shapes.RoleBody,
  RolePage: shapes.RolePage,
  NewRole: shapes.NewRole,
  RoleChange: shapes.RoleChange,
  ...IDENTITY_PROVIDER_SHAPES,
  ...OPENID_SHAPES,
  ...WORDING_SHAPES,
  Application: shapes.ApplicationBody,
  ApplicationPage: shapes.ApplicationPage,
  NewApplication: shapes.NewApplication,
  ApplicationChange: shapes.ApplicationChange,
  KeyPage: shapes.KeyPage,
  NewKey: shapes.NewKey,
  CreatedKey: shapes.CreatedKey,
  Imported: reports.Imported,
  AdoptionReport: reports.AdoptionReport,
  BypassReport: reports.BypassReport,
  PasswordLoginsReport: reports.PasswordLoginsReport,
  DeliveryReport: reports.DeliveryReport,
  DeliveryHealth: delivery.DeliveryHealthBody,
  DeliveryTest: delivery.DeliveryTest,
  DeliveryTested: delivery.DeliveryTested,
  DeliveryConfirm: delivery.DeliveryConfirm,
  DeliveryProved: delivery.DeliveryProved,
  Channel: delivery.ChannelView,
  ChannelPage: delivery.ChannelPage,
  ChannelConfig: delivery.ChannelConfig,
  ChannelSaved: delivery.ChannelSaved,
  Explain,
  Explained,
  AuditPage,
} as const satisfies Record<string, z.ZodType>

type Shape = keyof typeof ADMINISTRATION_SHAPES
type Told = Operation<Shape>

const ADMIN = [...CALLER, 'forbidden', 'busy'] as const satisfies ProblemCode[]

interface More extends Partial<Pick<Told, 'query' | 'body' | 'file' | 'versioned' | 'repeatable'>> {
  /** What is answered, with 202, where the change is taken and done later. */
  readonly later?: Shape
  /** No fresh proof is needed: nothing is opened by it. */
  readonly anytime?: true
  readonly status?: number
  readonly problems?: readonly ProblemCode[]
}

/** Looks and changes nothing. */
function read(id: string, summary: string, shape: Shape | null, more: More = {}): Told {
  const { query, body } = more
  const problems: ProblemCode[] = [
    ...ADMIN,
    ...(query ? (['invalid_request', 'unknown_field'] as const) : []),
    ...(body ? ([...BODY, 'cross_origin'] as const) : []),
    ...(more.problems ?? []),
  ]
  const answers = { 200: { says: 'As it is now.', shapes: shape === null ? [] : [shape] } }
  return { id, summary, group: 'Administration', answers, problems, ...only({ query, body }) }
}

/** As JSON, or as a table with `?format=csv`. */
function report(id: string, summary: string, shape: Shape): Told {
  return read(id, summary, shape, { query: reports.ReportFormat })
}

function page(id: string, summary: string, shape: Shape): Told {
  return read(id, summary, shape, { query: shapes.Page })
}

/** Changes something; `shape` is what is answered, null: nothing. */
function change(id: string, summary: string, shape: Shape | null, more: More = {}): Told {
  const { query, body, file, versioned, repeatable, status = shape === null ? 204 : 200 } = more
  const problems: ProblemCode[] = [
    ...ADMIN,
    ...(more.anytime ? [] : (['step_up_required'] as const)),
    'cross_origin',
    ...(query ? (['invalid_request', 'unknown_field'] as const) : []),
    ...(body ? BODY : []),
    ...(repeatable ? REPEATABLE : []),
    ...(more.problems ?? []),
  ]
  const answers = {
    [status]: { says: 'Done.', shapes: shape === null ? [] : [shape] },
    ...(more.later
      ? { 202: { says: 'It waits until the moment that is named, and can be called off.', shapes: [more.later] } }
      : {}),
  }
  return {
    id,
    summary,
    group: 'Administration',
    answers,
    problems,
    ...only({ query, body, file, versioned, repeatable }),
  }
}

function only<Fields extends object>(fields: Fields): { [K in keyof Fields]: Exclude<Fields[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

const takes = (shape: Shape) => ({ shape })
const SETTING: readonly ProblemCode[] = ['unknown_setting']
const REPEATABLE: readonly ProblemCode[] = [
  'invalid_request',
  'idempotency_key_reused',
  'request_under_way',
  'answer_lost',
]
const CHANNEL: readonly ProblemCode[] = ['channel_unconfigured', 'channel_unproved']

/** What every door of the administration is for, what it takes and what it answers. */
export const ADMINISTRATION: Readonly<Record<Exclude<AdministrationDoor, 'api.challenge'>, Told>> = {
  'api.settings': read('getSettings', 'All settings of the site. The ETag is their version.', 'SettingsBody'),
  'api.set-settings': change(
    'changeSettings',
    'Change settings: all that are named, or none. With If-Match only over the version named.',
    'SettingsBody',
    {
      query: shapes.SettingsQuery,
      body: takes('SettingsChange'),
      versioned: true,
      problems: [...SETTING, ...CHANNEL, 'version_conflict'],
    },
  ),
  'api.preset': change(
    'applyPreset',
    'Give the site the settings of a preset; with dry_run=true only say what would change.',
    'PresetApplied',
    { query: shapes.PresetQuery, body: takes('Preset'), problems: CHANNEL },
  ),
  'api.preview': read(
    'previewSettings',
    'What a change of settings would do: who would newly be asked, and who could not pass and why.',
    'Previewed',
    { body: takes('SettingsChange'), problems: SETTING },
  ),
  'api.users': read('listUsers', 'The users of the site that fit the filter, by name.', 'ListedUsers', {
    query: seen.UserFilter,
  }),
  'api.create-user': change('createUser', 'Make a user.', 'User', {
    status: 201,
    repeatable: true,
    body: takes('NewUser'),
    problems: ['name_taken', 'password_by_link'],
  }),
  'api.import-users': change(
    'importUsers',
    'Make the users of a CSV file, all of them or none; with dry_run=true only look at it.',
    'Imported',
    {
      status: 201,
      repeatable: true,
      query: shapes.DryRun,
      file: 'text/csv',
      problems: ['unsupported_media_type', 'import_refused'],
    },
  ),
  'api.user': read(
    'getUser',
    'One user. The ETag is their version: a change with it in If-Match is made to no other.',
    'User',
  ),
  'api.change-user': change('changeUser', 'Change a user; what is not named stays as it is.', 'User', {
    body: takes('UserChange'),
    versioned: true,
    problems: ['last_administrator', 'last_factor', 'password_by_link', 'version_conflict'],
  }),
  'api.delete-user': change('deleteUser', 'Delete a user and everything of theirs.', null, {
    versioned: true,
    problems: ['last_administrator', 'version_conflict'],
  }),
  'api.hardware': read('listHardware', 'The hardware tokens of the site, and who has each.', 'HardwarePage'),
  'api.import-hardware': change(
    'importHardware',
    'Take in the hardware tokens of a CSV file (serial, secret, type, digits, algorithm, period, counter) or of a PSKC file (application/pskc+xml) without encryption, all of them or none; with dry_run=true only look at it.',
    'HardwareImported',
    {
      status: 201,
      repeatable: true,
      query: shapes.DryRun,
      file: 'text/csv',
      problems: ['unsupported_media_type', 'import_refused'],
    },
  ),
  'api.assign-hardware': change('assignHardware', 'Hand a hardware token to a user.', null, {
    body: takes('AssignHardware'),
    problems: ['hardware_assigned'],
  }),
  'api.remove-hardware': change('removeHardware', 'Throw a hardware token away, whoever has it.', null),
  'api.resynchronise': change(
    'resynchroniseHardware',
    'Find a hardware token whose button was pressed too often, by two codes in a row.',
    null,
    { body: takes('Resynchronise') },
  ),
  'api.grant-bypass': change('grantBypass', 'Exempt a user from the second factor.', 'User', {
    body: takes('GrantBypass'),
    problems: ['own_bypass'],
  }),
  'api.revoke-bypass': change('revokeBypass', 'End the exemption of a user.', null),
  'api.user-application': change(
    'switchUserApplication',
    'Whether a user passes a second factor at one application.',
    'User',
    { body: takes('SwitchApplication'), versioned: true, problems: ['version_conflict'] },
  ),
  'api.user-sessions': page('listUserSessions', 'Open sessions of a user, the newest first.', 'SessionPage'),
  'api.end-user-sessions': change('endUserSessions', 'End all sessions of a user.', 'Ended', {
    anytime: true,
    query: shapes.AndDevices,
  }),
  'api.end-user-session': change('endUserSession', 'End one session of a user.', null, { anytime: true }),
  'api.devices': page('listDevices', 'Remembered devices of a user.', 'DevicePage'),
  'api.forget-devices': change('forgetDevices', 'Forget all remembered devices of a user.', 'Ended', { anytime: true }),
  'api.forget-device': change('forgetDevice', 'Forget one remembered device of a user.', null, { anytime: true }),
  'api.authenticators': page(
    'listAuthenticators',
    'Authenticators of a user, and how the second step stands.',
    'AuthenticatorPage',
  ),
  'api.reset-authenticators': change(
    'resetAuthenticators',
    'Take all authenticators away. Sessions end, devices are forgotten, the user is told, and the next sign-in sets up a new one.',
    null,
    { problems: ['last_factor'] },
  ),
  'api.remove-authenticator': change(
    'removeAuthenticator',
    'Take one authenticator away, with the same effect.',
    null,
    {
      problems: ['last_factor'],
    },
  ),
  'api.repair-steps': change(
    'repairSteps',
    'Give codes back that were spent while the clock was ahead. No code that can have been used by now comes back.',
    'Repaired',
    { body: takes('RepairSteps') },
  ),
  'api.unlock': change('unlockUser', 'Lift the lock of the second step.', 'User', {
    body: { shape: 'Unlock', optional: true },
    problems: ['factor_disabled'],
  }),
  'api.reset-password': change(
    'resetPassword',
    'Mail a user a link by which they choose a password, the first one or another. It is good once, for 24 hours.',
    'ResetMailed',
    { status: 202, problems: ['no_mailbox', 'send_limit'] },
  ),
  'api.help-status': change(
    'lookAtUser',
    'How a user who called stands with the second factor: what helps, and no secret and no whole address. Looking is on record.',
    'FactorStatus',
    { body: takes('Help') },
  ),
  'api.resend': change(
    'resendCode',
    'Send the code that a user waits for once more, to their own address or number.',
    null,
    {
      body: takes('Help'),
      problems: ['nobody_waits', 'resend_cooldown', 'send_limit', 'code_locked', 'channel_not_offered'],
    },
  ),
  'api.give-code': change('giveCode', 'Make one code for a user who called: good once within an hour.', 'GivenCode', {
    status: 201,
    repeatable: true,
    body: takes('Help'),
  }),
  'api.enrol-anew': change(
    'enrolAnew',
    'Take the lost authenticators of a user away; the next sign-in sets up a new one.',
    null,
    { body: takes('Help') },
  ),
  'api.recovery-requests': read(
    'listRecoveryRequests',
    'Users who have lost everything and ask to begin anew, the oldest request first.',
    'RecoveryRequests',
  ),
  'api.approve-recovery': change(
    'approveRecovery',
    'Say that it was made sure who is asking, and how. It gives nothing out yet.',
    'RecoveryRequest',
    { body: takes('ApproveRecovery') },
  ),
  'api.refuse-recovery': change('refuseRecovery', 'Refuse a request to begin anew.', 'RecoveryRequest', {
    body: takes('Help'),
  }),
  'api.binding-code': change(
    'giveBindingCode',
    'Make the code that ends an approved request, to be told to the user: good once within ten minutes.',
    'GivenCode',
    { status: 201, problems: ['conflict'] },
  ),
  'api.attempt': read(
    'findAttempt',
    'The refused codes of the sign-in whose reference somebody has read out.',
    'Attempts',
  ),
  'api.roles': page('listRoles', 'The roles of the site.', 'RolePage'),
  'api.create-role': change('createRole', 'Make a role.', 'Role', {
    status: 201,
    repeatable: true,
    body: takes('NewRole'),
    problems: ['name_taken'],
  }),
  'api.change-role': change('changeRole', 'Change what a role says about the second factor.', 'Role', {
    body: takes('RoleChange'),
  }),
  'api.delete-role': change('deleteRole', 'Delete a role that nobody holds.', null, {
    problems: ['built_in', 'in_use'],
  }),
  'api.applications': page('listApplications', 'The applications of the site.', 'ApplicationPage'),
  'api.create-application': change('createApplication', 'Make an application.', 'Application', {
    status: 201,
    repeatable: true,
    body: takes('NewApplication'),
    problems: ['name_taken'],
  }),
  'api.change-application': change('changeApplication', 'Change an application.', 'Application', {
    body: takes('ApplicationChange'),
  }),
  'api.delete-application': change('deleteApplication', 'Delete an application.', null, { problems: ['built_in'] }),
  'api.identity-providers': page(
    'listIdentityProviders',
    'Those outside whose word for a person counts here.',
    'IdentityProviderPage',
  ),
  'api.create-identity-provider': change('createIdentityProvider', 'Add an identity provider.', 'IdentityProvider', {
    status: 201,
    repeatable: true,
    body: takes('NewIdentityProvider'),
    problems: ['name_taken'],
  }),
  'api.change-identity-provider': change(
    'changeIdentityProvider',
    'Change an identity provider; what is left out stays.',
    'IdentityProvider',
    { body: takes('IdentityProviderChange') },
  ),
  'api.delete-identity-provider': change(
    'deleteIdentityProvider',
    'Delete an identity provider. Sessions that it opened go on.',
    null,
  ),
  'api.openid-clients': page(
    'listOpenIdClients',
    'The applications that sign their users in by OpenID Connect. Secrets are never shown again.',
    'OpenIdClientPage',
  ),
  'api.set-openid-client': change(
    'setOpenIdClient',
    'Let an application sign its users in by OpenID Connect, or change how. A new client is answered with 201 and its secret.',
    'OpenIdClientMade',
    { body: takes('OpenIdClientSet') },
  ),
  'api.remove-openid-client': change(
    'removeOpenIdClient',
    'End OpenID Connect for an application, which stays one.',
    null,
  ),
  'api.rotate-openid-keys': change(
    'rotateOpenIdKeys',
    'Sign tokens with a new key. Those before it stay published for two days, unless they are compromised.',
    'OpenIdKeysRotated',
    { body: takes('OpenIdKeyRotation') },
  ),
  'api.keys': page(
    'listKeys',
    'API keys, those that have ended too. The keys themselves are never shown again.',
    'KeyPage',
  ),
  'api.create-key': change(
    'createKey',
    'Make an API key. Nobody gives a key more than they may do; a key also not for longer, nor the right to make keys.',
    'CreatedKey',
    { status: 201, repeatable: true, body: takes('NewKey') },
  ),
  'api.revoke-key': change('revokeKey', 'End an API key for good.', null),
  'api.sessions': page('listSessions', 'Open sessions of everybody, the newest first.', 'SessionPage'),
  'api.clear-sessions': change('clearSessions', 'End all sessions of the site: everybody signs in anew.', 'Ended', {
    anytime: true,
    query: shapes.AndDevices,
  }),
  'api.explain': read(
    'explain',
    'Why a user would be asked for a second factor or not, with every rule that was passed over.',
    'Explained',
    { body: takes('Explain'), problems: ['unknown_application'] },
  ),
  'api.audit': read('listAudit', 'The audit log, the newest rows first.', 'AuditPage', { query: AuditFilter }),
  'api.export-audit': read('exportAudit', 'The audit log as a file: CSV, or one JSON object a line.', null, {
    query: reports.ExportFilter,
  }),
  'api.adoption': report(
    'reportAdoption',
    'Who has to pass a second factor, who can, and who cannot yet.',
    'AdoptionReport',
  ),
  'api.bypasses': report('reportBypasses', 'Who is exempt, why, by whom and until when.', 'BypassReport'),
  'api.password-logins': report(
    'reportPasswordLogins',
    'Which accounts still sign in by password over the API, and should have a key.',
    'PasswordLoginsReport',
  ),
  'api.health': read(
    'getDeliveryHealth',
    'How each channel fares, and whose address is missing or bad.',
    'DeliveryHealth',
  ),
  'api.test-channel': change(
    'testDelivery',
    'Send a code over a channel, and tell every step: DNS, TCP, TLS, AUTH, accepted. A channel that does not work is an answer too.',
    'DeliveryTested',
    { body: takes('DeliveryTest'), problems: ['channel_not_set_up', 'resend_cooldown'] },
  ),
  'api.confirm-channel': change(
    'confirmDelivery',
    'The code that came over the channel, typed back: the channel is proved.',
    'DeliveryProved',
    { body: takes('DeliveryConfirm'), problems: ['wrong_test_code', 'no_test_waits'] },
  ),
  'api.channels': read('listChannels', 'The channels of the site, without their secrets.', 'ChannelPage'),
  'api.channel': read('getChannel', 'One channel, without its secrets.', 'Channel'),
  'api.set-channel': change(
    'setChannel',
    'Set up a channel, or switch it off: after 24 hours, where the policy needs it. Secrets that are left out stay as they are while they go to the same server.',
    'ChannelSaved',
    { body: takes('ChannelConfig'), later: 'ChannelSaved' },
  ),
  'api.unset-channel': change(
    'unsetChannel',
    'Take the site’s own set-up away, after 24 hours where the policy needs it: that of the server holds again.',
    null,
    { later: 'Channel' },
  ),
  'api.keep-channel': change('keepChannel', 'Keep a channel that is to be taken away.', null),
  'api.texts': read(
    'listTexts',
    'Messages that the site has put into its own words, and what can be filled in.',
    'WordingList',
  ),
  'api.set-text': change(
    'setText',
    'Put a message into own words, in one language. Named words in braces are replaced; nothing is evaluated.',
    'Wording',
    { body: takes('WordingChange') },
  ),
  'api.unset-text': change('unsetText', 'Have a message said in our words again.', null),
  'api.preview-text': read(
    'previewText',
    'The message as it would arrive with these words; with ours, if there are none. Nothing is kept or sent.',
    'MessagePreview',
    { body: takes('WordingChange') },
  ),
  'api.delivery': report(
    'reportDelivery',
    'Messages by user in two months, and whom codes would not reach.',
    'DeliveryReport',
  ),
  'api.overview': read('getOverview', 'Who is covered, who is stuck, what fails, and what is left to do.', 'Overview'),
  'api.activity': read('reportActivity', 'Sign-ins and challenges by day, method and outcome.', 'Activity', {
    query: seen.ActivitySpan,
  }),
  'api.settings-manual': read(
    'describeSettings',
    'Every setting: what it means, its value, where that comes from, who changed it last. The ETag is their version.',
    'SettingList',
  ),
  'api.two-factor-users': read(
    'listTwoFactorUsers',
    'Users with their switches, messages in two months, and what keeps codes from reaching them.',
    'TwoFactorUsers',
    { query: seen.UserFilter },
  ),
}
