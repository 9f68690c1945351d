import { chronicle } from './chronicle.ts'

chronicle('settings', { preset: 'manufacturing' }, async ({ about, api, types }) => {
  about('Settings are read, changed and refused')
  await api('GET /settings')
  await api('PATCH /settings', { 'challenge.interval_hours': 12, 'contact.persons': [] })
  await api('PATCH /settings', { 'challenge.interval_hours': 12 })
  await api(
    'PATCH /settings',
    { 'challenge.interval_hours': null, 'site.noun': 'ERP' },
    { headers: { 'if-match': '"4"' } },
  )
  await api('PATCH /settings', { 'site.noun': 'system' }, { headers: { 'if-match': '"4"' } })
  await api('PATCH /settings', { 'challenge.interval_hour': 12 })
  await api('PATCH /settings', { 'challenge.interval_hours': -1, 'code.digits': 3 })
  await api('PATCH /settings?reason=ordered%20by%20the%20works', { 'delivery.when_unconfigured': 'block' })
  await api('PATCH /settings', { 'delivery.when_unconfigured': 'allow' })
  await api('PATCH /settings', { 'methods.allowed': ['sms'] })
  await api('PATCH /settings?acknowledge=true', { 'methods.allowed': ['email', 'sms', 'app'] })
  await api('PATCH /settings?acknowledge=maybe', { 'site.noun': 'ERP' })
  await types('get-config --site acme')
  await types('get-config otp_expiry --site acme')
  await types('get-config challenge.interval_hour --site acme')
  await types('set-config --site acme code.digits 8 lock.after 20')
  await types('set-config --site acme code.digits many')
  await types('set-config --site acme code.digits')
  await types('set-config --site acme methods.allowed email,fax')
  await types('set-config --site acme network.trusted 10.0.0.0/8,192.168.1.5 --acknowledge')
  await types([
    'set-config',
    '--site',
    'acme',
    'delivery.when_unconfigured',
    'enrol_app',
    '--reason',
    'mail comes next week',
  ])

  await api('GET /settings/manual')
  await types('settings search otp')
  await types('settings search nothing-like-that')

  about('What a change would do')
  await api('POST /settings/preview', { 'two_factor.enabled': false })
  await api('POST /settings/preview', { 'methods.allowed': ['app'], 'enrolment.channel': 'email_link' })
  await api('POST /users', { username: 'nomail', phone: '+4915112345678' })
  await api('POST /settings/preview', { 'methods.allowed': ['app'], 'enrolment.channel': 'email_link' })
  await api('POST /settings/preview', { 'methods.allowed': ['email'] })
  await api('POST /settings/preview', { 'methods.allowed': ['sms'] })
  await api('POST /settings/preview', { 'api.password_login': 'accounts_without_2fa' })
  await api('DELETE /users/nomail')
  await api('POST /settings/preview', { 'methods.allowed': ['passkey'] })
  await api('POST /settings/preview', { 'methods.allowed': ['fax'] })

  about('Presets')
  await api('POST /settings/preset?dry_run=true', { name: 'erp' })
  await api('POST /settings/preset', { name: 'erp' })
  await api('POST /settings/preset?acknowledge=true', { name: 'retail' })
  await api('POST /settings/preset', { name: 'bakery' })

  about('Roles')
  await api('GET /roles?limit=2')
  await api('POST /roles', {
    name: 'Helpers',
    two_factor_auth: true,
    interval_hours: 4,
    methods_allowed: ['app', 'email'],
  })
  await api('POST /roles', { name: 'Helpers' })
  await api('POST /roles', { name: '  ' })
  await api('POST /roles', { name: 'Odd', trusted_networks: ['10.0.0.0/99'], grace_days: -3 })
  await api('PATCH /roles/Helpers', {
    bypass_allowed: false,
    fail_open_allowed: false,
    grace_days: 7,
    trusted_networks: ['10.1.0.0/16'],
  })
  await api('PATCH /roles/Helpers', { methods_allowed: null, interval_hours: null })
  await api('PATCH /roles/Nobody', { grace_days: 7 })
  await api('PATCH /users/op', { roles: ['Helpers'] })
  await api('DELETE /roles/Helpers')
  await api('PATCH /users/op', { roles: [] })
  await api('DELETE /roles/Helpers')
  await api('DELETE /roles/Helpers')
  await api('DELETE /roles/Administrator')
  await api('PATCH /roles/Administrator', { fail_open_allowed: false })
  await types('roles list --site acme')
  await types([
    'roles',
    'set',
    'Night shift',
    '--site',
    'acme',
    '--two-factor-auth',
    'on',
    '--methods',
    'app,email',
    '--interval-hours',
    '4',
  ])
  await types([
    'roles',
    'set',
    'Night shift',
    '--site',
    'acme',
    '--methods',
    'none',
    '--grace-days',
    '3',
    '--trusted-networks',
    '10.0.0.0/8',
  ])
  await types(['roles', 'set', 'Night shift', '--site', 'acme', '--methods', 'fax'])
  await types(['roles', 'set', 'Night shift', '--site', 'acme', '--two-factor-auth', 'perhaps'])

  about('Applications')
  await api('GET /applications')
  await api('POST /applications', {
    name: 'wiki',
    title: 'The wiki',
    default_for_new_users: true,
    hosts: ['wiki.example.com', '*.apps.example.com'],
  })
  await api('POST /applications', { name: 'wiki' })
  await api('POST /applications', { name: 'Wi ki' })
  await api('POST /applications', { name: 'mail', hosts: ['wiki.example.com'] })
  await api('POST /applications', { name: 'mail', hosts: ['not a host'] })
  await api('PATCH /applications/wiki', {
    interval_hours: 2,
    recheck_in_session: true,
    session_hours: 8,
    session_idle_minutes: 30,
  })
  await api('PATCH /applications/wiki', { hosts: [], interval_hours: null, recheck_in_session: null })
  await api('PATCH /applications/wikis', { hosts: [] })
  await api('PATCH /applications/wiki', { session_hours: 0 })
  await api('DELETE /applications/web')
  await types('applications list --site acme')
  await types('applications protect crm --host crm.example.com --site acme')
  await types('applications protect crm --host crm..example.com --site acme')
  await types('applications set crm --default-for-new-users on --site acme')
  await types('applications set nothing --default-for-new-users on --site acme')

  about('OpenID Connect')
  await api('PUT /applications/wiki/openid', { redirect_uris: ['https://wiki.example.com/callback'] })
  await api('PUT /applications/wiki/openid', {
    redirect_uris: ['https://wiki.example.com/back'],
    post_logout_redirect_uris: ['https://wiki.example.com/'],
  })
  await api('PUT /applications/wiki/openid', { new_secret: true })
  await api('PUT /applications/wiki/openid', { redirect_uris: ['http://wiki.example.com/callback'] })
  for (const host of ['localhost:8080', '127.0.0.1', '[::1]:3000', '10.0.0.5'])
    await api('PUT /applications/wiki/openid', { redirect_uris: [`http://${host}/callback`] })
  await api('PUT /applications/wiki/openid', { redirect_uris: [] })
  await api('PUT /applications/nothing/openid', { redirect_uris: ['https://wiki.example.com/callback'] })
  await api('GET /openid/clients')
  await types('openid list --site acme')
  await types('openid set crm --redirect https://crm.example.com/cb --public --site acme')
  await types('openid set crm --new-secret --site acme')
  await types('openid set crm --redirect javascript:alert(1) --site acme')
  await api('POST /openid/keys/rotate', {})
  await api('POST /openid/keys/rotate', { compromised: true })
  await types('openid rotate-keys --site acme')
  await api('DELETE /applications/wiki/openid')
  await api('DELETE /applications/wiki/openid')
  await types('openid remove crm --site acme')
  await types('openid remove crm --site acme')
  await api('DELETE /applications/wiki')
  await api('DELETE /applications/wiki')
})
