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
  /** `page` answers people with HTML and takes forms; `api` speaks JSON and problem details. */
  readonly face: 'page' | 'api'
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
  ['page.send',          'POST',   '/login/send',                'pending',    'page', false],
  ['page.renew',         'POST',   '/login/enrol',               'pending',    'page', false],
  ['page.send-link',     'POST',   '/login/link',                'pending',    'page', false],
  ['page.cancel',        'POST',   '/login/cancel',              'pending',    'page', false],
  ['page.enrol',         'GET',    '/enrol/:token',              'anyone',     'page', false],
  ['page.enrol-sign-in', 'POST',   '/enrol/:token',              'anyone',     'page', true],
  ['page.enrol-confirm', 'POST',   '/enrol/:token/code',         'pending',    'page', true],
  ['page.account',       'GET',    '/account',                   'signed-in',  'page', false],
  ['page.logout',        'POST',   '/logout',                    'signed-in',  'page', false],
  ['api.openapi',        'GET',    '/api/v1/openapi.json',       'anyone',     'api',  false],
  ['api.docs',           'GET',    '/api/v1/docs',               'anyone',     'page', false],
  ['api.login',          'POST',   '/api/v1/login',              'anyone',     'api',  true],
  ['api.verify',         'POST',   '/api/v1/login/verify',       'pending',    'api',  true],
  ['api.send',           'POST',   '/api/v1/login/send',         'pending',    'api',  false],
  ['api.enrol',          'POST',   '/api/v1/login/enrol',        'pending',    'api',  false],
  ['api.enrol-link',     'POST',   '/api/v1/login/enrol/link',   'pending',    'api',  false],
  ['api.enrol-confirm',  'POST',   '/api/v1/login/enrol/confirm', 'pending',   'api',  true],
  ['api.session',        'GET',    '/api/v1/session',            'signed-in',  'api',  false],
  ['api.sign-out',       'DELETE', '/api/v1/session',            'signed-in',  'api',  false],
  // Administration
  ['api.settings',             'GET',    '/api/v1/settings',                                           { right: 'settings:read' },  'api', false],
  ['api.set-settings',         'PATCH',  '/api/v1/settings',                                           { right: 'settings:write' }, 'api', false],
  ['api.preset',               'POST',   '/api/v1/settings/preset',                                    { right: 'settings:write' }, 'api', false],
  ['api.preview',              'POST',   '/api/v1/settings/preview',                                   { right: 'settings:read' },  'api', false],
  ['api.users',                'GET',    '/api/v1/users',                                              { right: 'users:read' },     'api', false],
  ['api.create-user',          'POST',   '/api/v1/users',                                              { right: 'users:write' },    'api', false],
  ['api.user',                 'GET',    '/api/v1/users/:username',                                    { right: 'users:read' },     'api', false],
  ['api.change-user',          'PATCH',  '/api/v1/users/:username',                                    { right: 'users:write' },    'api', false],
  ['api.delete-user',          'DELETE', '/api/v1/users/:username',                                    { right: 'users:write' },    'api', false],
  ['api.grant-bypass',         'PUT',    '/api/v1/users/:username/bypass',                             { right: 'users:write' },    'api', false],
  ['api.revoke-bypass',        'DELETE', '/api/v1/users/:username/bypass',                             { right: 'users:write' },    'api', false],
  ['api.user-application',     'PUT',    '/api/v1/users/:username/applications/:application',          { right: 'users:write' },    'api', false],
  ['api.user-sessions',        'GET',    '/api/v1/users/:username/sessions',                           { right: 'users:read' },     'api', false],
  ['api.end-user-sessions',    'DELETE', '/api/v1/users/:username/sessions',                           { right: 'sessions:write' }, 'api', false],
  ['api.end-user-session',     'DELETE', '/api/v1/users/:username/sessions/:session',                  { right: 'sessions:write' }, 'api', false],
  ['api.devices',              'GET',    '/api/v1/users/:username/devices',                            { right: 'users:read' },     'api', false],
  ['api.forget-devices',       'DELETE', '/api/v1/users/:username/devices',                            { right: 'sessions:write' }, 'api', false],
  ['api.forget-device',        'DELETE', '/api/v1/users/:username/devices/:device',                    { right: 'sessions:write' }, 'api', false],
  ['api.authenticators',       'GET',    '/api/v1/users/:username/authenticators',                     { right: 'users:read' },     'api', false],
  ['api.reset-authenticators', 'DELETE', '/api/v1/users/:username/authenticators',                     { right: 'users:write' },    'api', false],
  ['api.remove-authenticator', 'DELETE', '/api/v1/users/:username/authenticators/:authenticator',      { right: 'users:write' },    'api', false],
  ['api.unlock',               'POST',   '/api/v1/users/:username/unlock',                             { right: 'users:help' },     'api', false],
  ['api.roles',                'GET',    '/api/v1/roles',                                              { right: 'settings:read' },  'api', false],
  ['api.create-role',          'POST',   '/api/v1/roles',                                              { right: 'settings:write' }, 'api', false],
  ['api.change-role',          'PATCH',  '/api/v1/roles/:role',                                        { right: 'settings:write' }, 'api', false],
  ['api.delete-role',          'DELETE', '/api/v1/roles/:role',                                        { right: 'settings:write' }, 'api', false],
  ['api.applications',         'GET',    '/api/v1/applications',                                       { right: 'settings:read' },  'api', false],
  ['api.create-application',   'POST',   '/api/v1/applications',                                       { right: 'settings:write' }, 'api', false],
  ['api.change-application',   'PATCH',  '/api/v1/applications/:application',                          { right: 'settings:write' }, 'api', false],
  ['api.delete-application',   'DELETE', '/api/v1/applications/:application',                          { right: 'settings:write' }, 'api', false],
  ['api.keys',                 'GET',    '/api/v1/api-keys',                                           { right: 'keys:read' },      'api', false],
  ['api.create-key',           'POST',   '/api/v1/api-keys',                                           { right: 'keys:write' },     'api', false],
  ['api.revoke-key',           'DELETE', '/api/v1/api-keys/:key',                                      { right: 'keys:write' },     'api', false],
  ['api.sessions',             'GET',    '/api/v1/sessions',                                           { right: 'users:read' },     'api', false],
  ['api.clear-sessions',       'DELETE', '/api/v1/sessions',                                           { right: 'sessions:write' }, 'api', false],
  ['api.explain',              'POST',   '/api/v1/explain',                                            { right: 'users:read' },     'api', false],
  ['api.audit',                'GET',    '/api/v1/audit',                                              { right: 'audit:read' },     'api', false],
] as const satisfies readonly (readonly [string, Door['method'], string, Who, Door['face'], boolean])[]

export type DoorName = (typeof TABLE)[number][0]

/** Every route of every interface, on one page. */
export const DOORS: readonly (Door & { readonly name: DoorName })[] = TABLE.map(
  ([name, method, path, who, face, opens]) => ({
    name,
    method,
    path,
    who,
    face,
    opens,
  }),
)
