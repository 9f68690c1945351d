import { chronicle } from './chronicle.ts'

chronicle('keys and sites', { preset: 'manufacturing' }, async ({ about, api, types, clock }) => {
  about('API keys')
  await api('GET /api-keys')
  const made = await api('POST /api-keys', {
    name: 'reports',
    scopes: ['users:read', 'audit:read'],
    expires_at: '2026-11-03T09:00:00Z',
  })
  await api('GET /users?limit=1', undefined, { token: made.key })
  await api('DELETE /sessions', undefined, { token: made.key })
  await api('POST /api-keys', { name: 'reports', scopes: [] })
  await api('POST /api-keys', { name: 'for nobody', scopes: ['session'], username: 'nobody' })
  await api('POST /api-keys', { name: 'for a person', scopes: ['session'], username: 'kim' })
  await api('POST /api-keys', { name: 'too late', scopes: ['session'], expires_at: '2026-11-01T00:00:00Z' })
  await api('POST /api-keys', { name: 'for the service', scopes: ['session'], username: 'svc' })
  clock.pass(86_400_000)
  await api('GET /users?limit=1', undefined, { token: made.key })
  await api(`DELETE /api-keys/${made.id}`)
  await api(`DELETE /api-keys/${made.id}`)
  await api('DELETE /api-keys/key_nothing')
  await types('api-keys list --site acme')
  await types(['api-keys', 'create', 'by hand', '--scopes', 'users:read', '--until', '2026-12-31', '--site', 'acme'])
  await types(['api-keys', 'create', 'by hand', '--scopes', 'everything', '--site', 'acme'])

  about('Another site')
  await types('sites list')
  await types('sites create globex --preset scheduling --title Globex')
  await types('audit verify --site globex')
  await types('audit prove 1 --site globex')
  await types('audit prove 2 --site globex')
  await types('doctor --site globex')
  await types('users list --site globex')
  await types('reports adoption --site globex')
  await types('sites create globex')
  await types('sites create Glo_bex')
  await types('sites create console')
  await types('sites create other --preset bakery')
  await types('sites delete globex')
  await types('sites delete globex --yes')
  await types('sites delete globex --yes')
  await types('sites deleted')
})
