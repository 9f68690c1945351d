import { chronicle } from './chronicle.ts'

chronicle('people', { preset: 'scheduling' }, async ({ about, api, types, clock }) => {
  about('Somebody comes')
  await api('GET /users?limit=3')
  await api('POST /users', {
    username: 'Ada',
    email: 'ada@acme.test',
    password: 'a long enough password',
    display_name: 'Ada',
  })
  await api('POST /users', { username: 'ada' })
  await api('POST /users', { username: 'a b' })
  await api('POST /users', { username: '' })
  await api('POST /users', { username: 'bo', email: 'not an address', phone: '12' })
  await api('POST /users', { username: 'bo', roles: ['Nobody has it'] })
  await api('POST /users', { username: 'bo', password: 'short' })
  await api('POST /users', {
    username: 'bo',
    phone: '+49 151 1234 5678',
    kind: 'website',
    language: 'de',
    interval_hours: 3,
    roles: ['System Manager'],
    two_factor_app: true,
  })
  await api('POST /users', { username: 'cy', email: 'cy@acme.test', applications: { web: { two_factor: true } } })
  await api('POST /users', { username: 'cy2', applications: { nothing: { two_factor: true } } })
  await api('POST /users', { username: 'twice' }, { headers: { 'idempotency-key': 'once-and-no-more' } })
  await api('POST /users', { username: 'twice' }, { headers: { 'idempotency-key': 'once-and-no-more' } })
  await api('POST /users', { username: 'thrice' }, { headers: { 'idempotency-key': 'once-and-no-more' } })
  await api('GET /users/ada')
  await api('GET /users/nobody')
  await api('GET /users?search=ad')
  await api('GET /users?status=active&limit=2')
  await api('GET /users?standing=not_required&kind=system&limit=1')
  await api('GET /users?locked=true')
  await api('GET /users?exempt=true')
  await api('GET /users?role=Administrator&search=ROOT')
  await api('GET /two-factor/users')

  about('Somebody changes')
  await api('PATCH /users/ada', { display_name: 'Ada Night', language: 'fr' })
  await api('PATCH /users/ada', { display_name: 'Ada Night' })
  await api('PATCH /users/ada', {})
  await api('PATCH /users/ada', { display_name: 'Old' }, { headers: { 'if-match': '"1"' } })
  await api('PATCH /users/ada', { email: 'ada@elsewhere.test' })
  await api('PATCH /users/ada', { email: null, phone: '+4915112345678' })
  await api('PATCH /users/ada', { phone: null, email: 'ada@acme.test' })
  await api('PATCH /users/ada', { language: 'xx', kind: 'robot' })
  await api('PATCH /users/ada', { language: 'xx', email: 'no address', phone: '12', roles: ['Nobody has it'] })
  await api('PATCH /users/ada', { applications: { nothing: { two_factor: true } } })
  await api('PATCH /users/ada', { display_name: '', interval_hours: -1 })
  await api('PATCH /users/ada', {
    roles: ['Administrator'],
    two_factor_email: true,
    applications: { web: { two_factor: true } },
  })
  await api('PATCH /users/ada', { roles: [], two_factor_email: false, two_factor_app: true })
  await api('PATCH /users/ada', { interval_hours: 12 })
  await api('PATCH /users/ada', { interval_hours: null })
  await api('PATCH /users/ada', { password: 'another long password' })
  await api('PATCH /users/ada', { password: 'short' })
  await api('PATCH /users/ada', { status: 'disabled' })
  await api('PATCH /users/ada', { status: 'active' })
  await api('PATCH /users/root', { status: 'disabled' })
  await api('PATCH /users/root', { roles: [] })
  await api('PATCH /users/svc', { email: 'svc@acme.test' })
  await api('PATCH /users/nobody', { language: 'de' })
  await api('PUT /users/kim/applications/web', { two_factor: true })
  await api('PUT /users/kim/applications/web', { two_factor: true })
  await api('PUT /users/kim/applications/web', { two_factor: false })
  await api('PUT /users/kim/applications/nothing', { two_factor: true })

  about('Exemptions')
  await api('PUT /users/kim/bypass', { reason: 'shared_workstation' })
  await api('PUT /users/op/bypass', { reason: 'no_real_email', expires_at: null })
  await api('PUT /users/sam/bypass', { reason: 'other' })
  await api('PUT /users/sam/bypass', {
    reason: 'other',
    note: 'until the token comes',
    expires_at: '2026-11-09T09:00:00Z',
  })
  await api('PUT /users/sam/bypass', { reason: 'other', note: 'in the past', expires_at: '2026-11-01T09:00:00Z' })
  await api('PUT /users/nobody/bypass', { reason: 'no_real_email' })
  await api('PUT /users/ada/bypass', { reason: 'because' })
  await api('GET /reports/bypasses')
  await api('GET /reports/bypasses?format=csv')
  await api('DELETE /users/kim/bypass')
  await api('DELETE /users/kim/bypass')
  clock.pass(6 * 86_400_000)
  await api('GET /reports/bypasses')
  clock.pass(86_400_000)
  await api('GET /reports/bypasses')

  about('Many come at once')
  const table = 'username,display_name,email,kind,roles,language,two_factor_app\\n'.replaceAll('\\n', '\n')
  await api('POST /users/import?dry_run=true', `${table}dan,Dan,dan@acme.test,system,System Manager,en,on\n`)
  await api('POST /users/import', `${table}dan,Dan,dan@acme.test,system,System Manager,en,on\neve,Eve,,website,,,\n`)
  await api(
    'POST /users/import',
    `${table}dan,Dan,dan@acme.test,system,System Manager,en,on\nfay,Fay,no address,robot,Nobody,xx,maybe\n,,,,,,\n`,
  )
  await api('POST /users/import', 'name,colour\ndan,red\n')
  await api('POST /users/import', '')

  await api('GET /users?exempt=true')

  about('Reports')
  await api('GET /reports/adoption')
  await api('GET /reports/adoption?format=csv')
  await api('GET /reports/overview')
  await api('GET /reports/activity?days=2')
  await api('GET /reports/password-logins')
  await api('POST /explain', { username: 'kim' })
  await api('POST /explain', { username: 'root', application: 'web', address: '10.0.0.5', at: '2026-12-24T18:00:00Z' })
  await api('POST /explain', { username: 'nobody' })
  await api('POST /explain', { username: 'kim', application: 'nothing' })
  await types('reports adoption --site acme')
  await types('reports bypasses --site acme')
  await types('reports delivery --site acme')
  await types('explain kim --site acme')
  await types('explain kim --site acme --at 2026-12-31T18:00:00Z --address 10.0.0.1')

  about('By the command line')
  await types('users list --site acme')
  await types('users show ada --site acme')
  await types('users show nobody --site acme')
  await types([
    'users',
    'add',
    'gus',
    '--email',
    'gus@acme.test',
    '--role',
    'System Manager',
    '--display-name',
    'Gus',
    '--site',
    'acme',
  ])
  await types('users add gus --site acme')
  await types('users first-link gus --site acme')
  await types('users first-link kim --site acme')
  await types('users first-link nobody --site acme')
  await types('users add machine --kind service --site acme')
  await types('users first-link machine --site acme')
  await types('users set gus --status disabled --site acme')
  await types('users first-link gus --site acme')
  await types('users reset-password gus --site acme')
  await types('users set gus --status active --site acme')
  await types('users reset-password gus --site acme')
  await types('users reset-password svc --site acme')
  await types('users set gus --no-role --two-factor-app --interval-hours 8 --site acme')
  await types('users switch gus --application web --two-factor-auth on --site acme')
  await types([
    'users',
    'bypass',
    'gus',
    '--reason',
    'other',
    '--note',
    'starts in May',
    '--until',
    '2027-05-01',
    '--site',
    'acme',
  ])
  await types('users bypass gus --reason other --site acme')
  await types('users unbypass gus --site acme')
  await types('users unlock gus --site acme')
  await types('users end-sessions gus --devices --site acme')
  await types(['users', 'reset', 'gus', '--reason', 'lost it', '--site', 'acme'])
  await types('users delete gus --site acme')
  await types('users delete gus --yes --site acme')
  await types('break-glass --user root --site acme')

  about('Somebody goes')
  await api('DELETE /users/ada')
  await api('DELETE /users/ada')
  await api('DELETE /users/root')
})
