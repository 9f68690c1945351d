import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { apiHandlers } from '#api/handlers.ts'
import { forwardAuthHandlers, forwardAuthShortWays } from '#forward-auth/handlers.ts'
import { judgeOf } from '#forward-auth/judge.ts'
import { frappeHandlers } from '#frappe/handlers.ts'
import { DOORS, type DoorName } from '#http/doors.ts'
import type { Handler } from '#http/call.ts'
import { createServer, type HttpServer } from '#http/server.ts'
import { createApplication } from '#usecases/create-application.ts'
import { assets } from '#web/assets.ts'
import { errorPage, webHandlers } from '#web/handlers.ts'
import { ADMIN, type World, world, type WorldOptions } from '../world.ts'

export interface ProtectedWorld extends World {
  readonly server: HttpServer
  /** Makes an application that forward-auth protects at these hosts. */
  protect(name: string, ...hosts: string[]): Promise<void>
}

/** The demo's site with its pages, its API and the doors for proxies, on no socket yet. */
export async function protectedWorld(t: TestContext, options: WorldOptions = {}): Promise<ProtectedWorld> {
  const made = await protectedServer(options)
  t.after(made.close)
  return made
}

/** The same, to be closed by whoever asked for it. */
export async function protectedServer(options: WorldOptions = {}): Promise<ProtectedWorld> {
  const small = await world(options)
  const { ports } = small
  const nothing: Handler = async () => new Response(null, { status: 404 })
  const behind = Object.fromEntries(DOORS.map(({ name }) => [name, nothing])) as Record<DoorName, Handler>
  const server = createServer({
    origin: ports.origin,
    findSite: (name) => ports.store.site(name),
    handlers: {
      ...behind,
      ...webHandlers(ports),
      ...apiHandlers(ports),
      ...forwardAuthHandlers(ports),
      ...frappeHandlers(ports),
    },
    shortWays: forwardAuthShortWays(ports, judgeOf(ports)),
    errorPage,
    extra: async (request) => (new URL(request.url).pathname === assets().path ? assets().response() : undefined),
    ready: async () => ({ ok: true, detail: 'ready' }),
    trustedProxies: (address) => address === '127.0.0.1',
    random: ports.random,
    report: (error) => {
      throw error
    },
  })
  return {
    ...small,
    server,
    async protect(name, ...hosts) {
      const made = await createApplication(ports, { ...ADMIN, site: 'acme', name, fields: { hosts } })
      assert.equal(made.kind, 'saved', JSON.stringify(made))
    },
  }
}
