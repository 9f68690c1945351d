import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Shell } from './parts/shell.tsx'
import { BASE } from './site.ts'

/** What stands in the address of a page: words, each once. */
export type Search = Readonly<Record<string, string | undefined>>

const search = (given: Record<string, unknown>): Search =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      ['string', 'number', 'boolean'].includes(typeof value) && value !== '' ? [[name, String(value)]] : [],
    ),
  )

const root = createRootRoute({ component: Shell, validateSearch: search })

// Each page is a file of its own, fetched when it is opened; the first one is what most people open.
const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/overview.tsx'), 'OverviewPage'),
})
const twoFactor = createRoute({
  getParentRoute: () => root,
  path: '/two-factor',
  component: lazyRouteComponent(() => import('./pages/two-factor.tsx'), 'TwoFactorPage'),
})
const users = createRoute({
  getParentRoute: () => root,
  path: '/users',
  component: lazyRouteComponent(() => import('./pages/users.tsx'), 'UsersPage'),
})
const user = createRoute({
  getParentRoute: () => root,
  path: '/users/$username',
  component: lazyRouteComponent(() => import('./pages/user.tsx'), 'UserPage'),
})
const roles = createRoute({
  getParentRoute: () => root,
  path: '/roles',
  component: lazyRouteComponent(() => import('./pages/roles.tsx'), 'RolesPage'),
})
const applications = createRoute({
  getParentRoute: () => root,
  path: '/applications',
  component: lazyRouteComponent(() => import('./pages/applications.tsx'), 'ApplicationsPage'),
})
const providers = createRoute({
  getParentRoute: () => root,
  path: '/identity-providers',
  component: lazyRouteComponent(() => import('./pages/providers.tsx'), 'ProvidersPage'),
})
const keys = createRoute({
  getParentRoute: () => root,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('./pages/keys.tsx'), 'KeysPage'),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage'),
})
const manual = createRoute({
  getParentRoute: () => root,
  path: '/manual',
  component: lazyRouteComponent(() => import('./pages/manual.tsx'), 'ManualPage'),
})
const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  component: lazyRouteComponent(() => import('./pages/audit.tsx'), 'AuditPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    twoFactor,
    users,
    user,
    roles,
    applications,
    providers,
    keys,
    settings,
    manual,
    audit,
  ]),
  basepath: BASE,
  defaultPreload: 'intent',
  scrollRestoration: true,
  // Words as people write them, without the quotes that JSON would put around a number.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (given) => {
    const text = new URLSearchParams(Object.entries(search(given)) as [string, string][]).toString()
    return text === '' ? '' : `?${text}`
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
