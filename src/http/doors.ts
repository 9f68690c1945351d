import type { Right } from '#domain/rights.ts'

/** Who may knock. What a caller may do behind the door is for the use case to say; who may not even knock is said here. */
export type Who =
  /** Anybody, signed in or not. */
  | 'anyone'
  /** The holder of a pending login: the password is proved, the second factor is not. */
  | 'pending'
  /** A session, or an API key. */
  | 'signed-in'
  /** Who has the right: a session by the roles of its user, an API key by its scopes. */
  | { readonly right: Right }

export interface Door {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Below `/{site}`; `:name` is a parameter. */
  readonly path: string
  readonly who: Who
  /**
   * `page` answers people with HTML and takes forms of our own pages; `api` speaks JSON and problem details; `protocol` says what its
   * standard says, to whoever may ask by it: also to a form on a page of another origin.
   */
  readonly face: 'page' | 'api' | 'protocol'
  /** Bytes of a body that are read at most; left out: 64 KiB. */
  readonly bodyLimit?: number
  /** Whether a session can come out of it. Every such door ends in `completeLogin`; a test walks this table. */
  readonly opens: boolean
}

// biome-ignore format: a table reads by its columns
const TABLE = [
  // name                method    path                          who           face    opens
  ['page.home',          'GET',    '',                           'anyone',     'page', false],
  ['page.login',         'GET',    '/login',                     'anyone',     'page', false],
  ['page.sign-in',       'POST',   '/login',                     'anyone',     'page', true],
  ['page.answer',        'POST',   '/login/code',                'pending',    'page', true],
  ['page.passkey',       'POST',   '/login/passkey',             'anyone',     'page', true],
  ['page.passkey-answer', 'POST',  '/login/passkey/answer',      'pending',    'page', true],
  ['page.send',          'POST',   '/login/send',                'pending',    'page', false],
  ['page.renew',         'POST',   '/login/enrol',               'pending',    'page', false],
  ['page.send-link',     'POST',   '/login/link',                'pending',    'page', false],
  ['page.cancel',        'POST',   '/login/cancel',              'pending',    'page', false],
  ['page.forgotten',     'GET',    '/forgotten',                 'anyone',     'page', false],
  ['page.ask-reset',     'POST',   '/forgotten',                 'anyone',     'page', false],
  ['page.reset',         'GET',    '/reset/:token',              'anyone',     'page', false],
  ['page.use-reset',     'POST',   '/reset/:token',              'anyone',     'page', false],
  ['page.lost',          'GET',    '/login/lost',                'anyone',     'page', false],
  ['page.ask-recovery',  'POST',   '/login/lost',                'pending',    'page', false],
  ['page.finish-recovery', 'POST', '/login/lost/code',           'pending',    'page', false],
  ['page.take-back',     'GET',    '/lost/:token',               'anyone',     'page', false],
  ['page.cancel-recovery', 'POST', '/lost/:token',               'anyone',     'page', false],
  ['page.enrol',         'GET',    '/enrol/:token',              'anyone',     'page', false],
  ['page.enrol-sign-in', 'POST',   '/enrol/:token',              'anyone',     'page', true],
  ['page.enrol-confirm', 'POST',   '/enrol/:token/code',         'pending',    'page', true],
  ['page.account',       'GET',    '/account',                   'signed-in',  'page', false],
  ['page.console',       'GET',    '/console',                   'signed-in',  'page', false],
  ['page.console-page',  'GET',    '/console/:page',             'signed-in',  'page', false],
  ['page.console-thing', 'GET',    '/console/:page/:thing',      'signed-in',  'page', false],
  ['page.add-app',       'POST',   '/account/app',               'signed-in',  'page', false],
  ['page.passkeys',      'GET',    '/account/passkey',           'signed-in',  'page', false],
  ['page.add-passkey',   'POST',   '/account/passkey',           'signed-in',  'page', false],
  ['page.name-factor',   'POST',   '/account/name',              'signed-in',  'page', false],
  ['page.remove-factor', 'POST',   '/account/remove',            'signed-in',  'page', false],
  ['page.recovery',      'GET',    '/account/recovery',          'signed-in',  'page', false],
  ['page.make-recovery', 'POST',   '/account/recovery',          'signed-in',  'page', false],
  ['page.keep-recovery', 'POST',   '/account/recovery/kept',     'signed-in',  'page', false],
  ['page.prove-address', 'POST',   '/account/address',           'signed-in',  'page', false],
  ['page.forget-device', 'POST',   '/account/devices',           'signed-in',  'page', false],
  ['page.end-session',   'POST',   '/account/sessions',          'signed-in',  'page', false],
  ['page.password',      'GET',    '/account/password',          'signed-in',  'page', false],
  ['page.set-password',  'POST',   '/account/password',          'signed-in',  'page', false],
  ['page.prove',         'POST',   '/account/prove',             'signed-in',  'page', false],
  ['page.confirm',       'GET',    '/account/confirm',           'signed-in',  'page', false],
  ['page.confirmed',     'POST',   '/account/confirm',           'signed-in',  'page', false],
  ['page.logout',        'POST',   '/logout',                    'signed-in',  'page', false],
  ['page.step-up',       'GET',    '/login/step-up',             'anyone',     'page', false],
  ['page.start-step-up', 'POST',   '/login/step-up',             'signed-in',  'page', false],
  ['oidc.discovery',     'GET',    '/oidc/.well-known/openid-configuration', 'anyone', 'protocol', false],
  ['oidc.jwks',          'GET',    '/oidc/jwks',                 'anyone',     'protocol', false],
  ['oidc.authorize',     'GET',    '/oidc/auth',                 'anyone',     'protocol', false],
  ['oidc.authorize-form', 'POST',  '/oidc/auth',                 'anyone',     'protocol', false],
  ['oidc.resume',        'GET',    '/oidc/auth/:uid',            'anyone',     'protocol', false],
  ['oidc.interaction',   'GET',    '/oidc/interaction/:uid',     'anyone',     'page', false],
  ['oidc.token',         'POST',   '/oidc/token',                'anyone',     'protocol', false],
  ['oidc.userinfo',      'GET',    '/oidc/me',                   'anyone',     'protocol', false],
  ['oidc.userinfo-form', 'POST',   '/oidc/me',                   'anyone',     'protocol', false],
  ['oidc.introspect',    'POST',   '/oidc/token/introspection',  'anyone',     'protocol', false],
  ['oidc.revoke',        'POST',   '/oidc/token/revocation',     'anyone',     'protocol', false],
  ['oidc.end-session',   'GET',    '/oidc/session/end',          'anyone',     'protocol', false],
  ['oidc.end-session-form', 'POST', '/oidc/session/end',         'anyone',     'protocol', false],
  ['oidc.confirm-end-session', 'POST', '/oidc/session/end/confirm', 'anyone',  'page', false],
  ['oidc.session-ended', 'GET',    '/oidc/session/end/success',  'anyone',     'protocol', false],
  ['saml.metadata',      'GET',    '/saml/:idp/metadata',        'anyone',     'protocol', false],
  ['saml.login',         'GET',    '/saml/:idp/login',           'anyone',     'page', false],
  ['saml.acs',           'POST',   '/saml/:idp/acs',             'anyone',     'protocol', true],
  ['proxy.forward-auth', 'GET',    '/forward-auth',               'anyone',     'api',  false],
  ['proxy.auth-request', 'GET',    '/auth-request',               'anyone',     'api',  false],
  ['proxy.hand-over',    'GET',    '/hand-over',                  'anyone',     'page', false],
  ['api.openapi',        'GET',    '/api/v1/openapi.json',       'anyone',     'api',  false],
  ['api.docs',           'GET',    '/api/v1/docs',               'anyone',     'page', false],
  ['api.login',          'POST',   '/api/v1/login',              'anyone',     'api',  true],
  ['api.verify',         'POST',   '/api/v1/login/verify',       'pending',    'api',  true],
  ['api.passkey-options', 'POST',  '/api/v1/login/passkey/options', 'anyone',  'api',  false],
  ['api.passkey',        'POST',   '/api/v1/login/passkey',      'anyone',     'api',  true],
  ['api.send',           'POST',   '/api/v1/login/send',         'pending',    'api',  false],
  ['api.enrol',          'POST',   '/api/v1/login/enrol',        'pending',    'api',  false],
  ['api.enrol-link',     'POST',   '/api/v1/login/enrol/link',   'pending',    'api',  false],
  ['api.enrol-confirm',  'POST',   '/api/v1/login/enrol/confirm', 'pending',   'api',  true],
  ['api.session',        'GET',    '/api/v1/session',            'signed-in',  'api',  false],
  ['api.sign-out',       'DELETE', '/api/v1/session',            'signed-in',  'api',  false],
  ['api.step-up',        'POST',   '/api/v1/session/step-up',    'signed-in',  'api',  false],
  ['frappe.login',       'POST',   '/api/method/login',          'anyone',     'api',  true],
  ['frappe.logout',      'POST',   '/api/method/logout',         'signed-in',  'api',  false],
  ['frappe.logged-user', 'GET',    '/api/method/frappe.auth.get_logged_user', 'signed-in', 'api', false],
  ['api.receipt',        'POST',   '/api/v1/delivery/receipts/:channel/:token', 'anyone', 'api', false],
  ['api.receipt-get',    'GET',    '/api/v1/delivery/receipts/:channel/:token', 'anyone', 'api', false],
] as const satisfies readonly (readonly [string, Door['method'], string, Who, Door['face'], boolean])[]

/** The administration, below `/{site}/api/v1`: each door and the right it asks for. None of them opens a session. */
// biome-ignore format: a table reads by its columns
const ADMINISTRATION = [
  ['api.challenge',              'POST',   '/challenges',                                        'challenges'],
  ['api.settings',               'GET',    '/settings',                                          'settings:read'],
  ['api.set-settings',           'PATCH',  '/settings',                                          'settings:write'],
  ['api.preset',                 'POST',   '/settings/preset',                                   'settings:write'],
  ['api.preview',                'POST',   '/settings/preview',                                  'settings:read'],
  ['api.users',                  'GET',    '/users',                                             'users:read'],
  ['api.create-user',            'POST',   '/users',                                             'users:write'],
  ['api.import-users',           'POST',   '/users/import',                                      'users:write'],
  ['api.user',                   'GET',    '/users/:username',                                   'users:read'],
  ['api.change-user',            'PATCH',  '/users/:username',                                   'users:write'],
  ['api.delete-user',            'DELETE', '/users/:username',                                   'users:write'],
  ['api.grant-bypass',           'PUT',    '/users/:username/bypass',                            'users:write'],
  ['api.revoke-bypass',          'DELETE', '/users/:username/bypass',                            'users:write'],
  ['api.user-application',       'PUT',    '/users/:username/applications/:application',         'users:write'],
  ['api.user-sessions',          'GET',    '/users/:username/sessions',                          'users:read'],
  ['api.end-user-sessions',      'DELETE', '/users/:username/sessions',                          'sessions:write'],
  ['api.end-user-session',       'DELETE', '/users/:username/sessions/:session',                 'sessions:write'],
  ['api.devices',                'GET',    '/users/:username/devices',                           'users:read'],
  ['api.forget-devices',         'DELETE', '/users/:username/devices',                           'sessions:write'],
  ['api.forget-device',          'DELETE', '/users/:username/devices/:device',                   'sessions:write'],
  ['api.authenticators',         'GET',    '/users/:username/authenticators',                    'users:read'],
  ['api.reset-authenticators',   'DELETE', '/users/:username/authenticators',                    'users:write'],
  ['api.remove-authenticator',   'DELETE', '/users/:username/authenticators/:authenticator',     'users:write'],
  ['api.repair-steps',           'POST',   '/users/:username/repair-steps',                      'users:write'],
  ['api.hardware',               'GET',    '/hardware',                                          'users:read'],
  ['api.import-hardware',        'POST',   '/hardware',                                          'users:write'],
  ['api.assign-hardware',        'PUT',    '/hardware/:token',                                   'users:write'],
  ['api.remove-hardware',        'DELETE', '/hardware/:token',                                   'users:write'],
  ['api.resynchronise',          'POST',   '/hardware/:token/resynchronise',                     'users:write'],
  ['api.unlock',                 'POST',   '/users/:username/unlock',                            'users:help'],
  ['api.reset-password',         'POST',   '/users/:username/reset-password',                    'users:write'],
  ['api.help-status',            'POST',   '/users/:username/status',                            'users:help'],
  ['api.resend',                 'POST',   '/users/:username/resend',                            'users:help'],
  ['api.give-code',              'POST',   '/users/:username/code',                              'users:help'],
  ['api.enrol-anew',             'POST',   '/users/:username/enrol-anew',                        'users:help'],
  ['api.recovery-requests',      'GET',    '/recovery-requests',                                 'users:help'],
  ['api.approve-recovery',       'POST',   '/recovery-requests/:username/approve',               'users:help'],
  ['api.refuse-recovery',        'POST',   '/recovery-requests/:username/refuse',                'users:help'],
  ['api.binding-code',           'POST',   '/recovery-requests/:username/code',                  'users:help'],
  ['api.attempt',                'GET',    '/attempts/:reference',                               'users:help'],
  ['api.roles',                  'GET',    '/roles',                                             'settings:read'],
  ['api.create-role',            'POST',   '/roles',                                             'settings:write'],
  ['api.change-role',            'PATCH',  '/roles/:role',                                       'settings:write'],
  ['api.delete-role',            'DELETE', '/roles/:role',                                       'settings:write'],
  ['api.applications',           'GET',    '/applications',                                      'settings:read'],
  ['api.create-application',     'POST',   '/applications',                                      'settings:write'],
  ['api.change-application',     'PATCH',  '/applications/:application',                         'settings:write'],
  ['api.delete-application',     'DELETE', '/applications/:application',                         'settings:write'],
  ['api.identity-providers',     'GET',    '/identity-providers',                                'settings:read'],
  ['api.create-identity-provider', 'POST', '/identity-providers',                                'settings:write'],
  ['api.change-identity-provider', 'PATCH', '/identity-providers/:provider',                     'settings:write'],
  ['api.delete-identity-provider', 'DELETE', '/identity-providers/:provider',                    'settings:write'],
  ['api.openid-clients',         'GET',    '/openid/clients',                                    'settings:read'],
  ['api.set-openid-client',      'PUT',    '/applications/:application/openid',                  'settings:write'],
  ['api.remove-openid-client',   'DELETE', '/applications/:application/openid',                  'settings:write'],
  ['api.rotate-openid-keys',     'POST',   '/openid/keys/rotate',                                'settings:write'],
  ['api.keys',                   'GET',    '/api-keys',                                          'keys:read'],
  ['api.create-key',             'POST',   '/api-keys',                                          'keys:write'],
  ['api.revoke-key',             'DELETE', '/api-keys/:key',                                     'keys:write'],
  ['api.sessions',               'GET',    '/sessions',                                          'users:read'],
  ['api.clear-sessions',         'DELETE', '/sessions',                                          'sessions:write'],
  ['api.explain',                'POST',   '/explain',                                           'users:read'],
  ['api.audit',                  'GET',    '/audit',                                             'audit:read'],
  ['api.export-audit',           'GET',    '/audit/export',                                      'audit:read'],
  ['api.adoption',               'GET',    '/reports/adoption',                                  'users:read'],
  ['api.bypasses',               'GET',    '/reports/bypasses',                                  'users:read'],
  ['api.password-logins',        'GET',    '/reports/password-logins',                           'users:read'],
  ['api.delivery',               'GET',    '/reports/delivery',                                  'delivery:read'],
  ['api.health',                 'GET',    '/delivery/health',                                   'delivery:read'],
  ['api.test-channel',           'POST',   '/delivery/test',                                     'delivery:write'],
  ['api.confirm-channel',        'POST',   '/delivery/test/confirm',                             'delivery:write'],
  ['api.channels',               'GET',    '/delivery/channels',                                 'delivery:read'],
  ['api.channel',                'GET',    '/delivery/channels/:channel',                        'delivery:read'],
  ['api.set-channel',            'PUT',    '/delivery/channels/:channel',                        'delivery:write'],
  ['api.unset-channel',          'DELETE', '/delivery/channels/:channel',                        'delivery:write'],
  ['api.keep-channel',           'DELETE', '/delivery/channels/:channel/removal',                'delivery:write'],
  ['api.texts',                  'GET',    '/delivery/texts',                                    'delivery:read'],
  ['api.set-text',               'PUT',    '/delivery/texts/:message/:language',                 'delivery:write'],
  ['api.unset-text',             'DELETE', '/delivery/texts/:message/:language',                 'delivery:write'],
  ['api.preview-text',           'POST',   '/delivery/texts/:message/:language/preview',         'delivery:read'],
  ['api.overview',               'GET',    '/reports/overview',                                  'users:read'],
  ['api.activity',               'GET',    '/reports/activity',                                  'audit:read'],
  ['api.settings-manual',        'GET',    '/settings/manual',                                   'settings:read'],
  ['api.two-factor-users',       'GET',    '/two-factor/users',                                  'users:read'],
] as const satisfies readonly (readonly [`api.${string}`, Door['method'], string, Right])[]

export type DoorName = (typeof TABLE)[number][0] | (typeof ADMINISTRATION)[number][0]

/** Bytes that a body may have, where it is not what fits everywhere else: a file of ten thousand users is longer. */
const BODY_LIMITS: Partial<Record<DoorName, number>> = {
  'api.import-users': 5 * 1024 * 1024,
  'api.import-hardware': 5 * 1024 * 1024,
}

/** Every route of every interface, on one page. */
export const DOORS: readonly (Door & { readonly name: DoorName })[] = [
  ...TABLE.map(([name, method, path, who, face, opens]) => ({ name, method, path, who, face, opens })),
  ...ADMINISTRATION.map(([name, method, path, right]) => ({
    name,
    method,
    path: `/api/v1${path}`,
    who: { right },
    face: 'api' as const,
    opens: false,
    ...(BODY_LIMITS[name] === undefined ? {} : { bodyLimit: BODY_LIMITS[name] }),
  })),
]
