import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { TestContext } from 'node:test'
import { type ProtectedWorld, protectedWorld } from './protected-world.ts'
import { type ProxyName, startProxy } from './real-proxy.ts'

export interface Deployment extends ProtectedWorld {
  /** Where the proxy takes https for every host of the example. */
  readonly port: number
  /** What has reached the application behind it. */
  readonly reached: IncomingMessage[]
}

/** An example as it is, with the real proxy: Countersign at login.example.com, an application that knows nothing of it at wiki.example.com. */
export async function deploy(t: TestContext, name: ProxyName): Promise<Deployment> {
  const at = await protectedWorld(t, { origin: 'https://login.example.com' })
  await at.protect('wiki', 'wiki.example.com')
  const reached: IncomingMessage[] = []
  const application = createServer((incoming, answer) => {
    reached.push(incoming)
    incoming.resume()
    answer.setHeader('content-type', 'text/plain').end(`served ${incoming.url}`)
  }).listen(0, '127.0.0.1')
  await once(application, 'listening')
  t.after(() => {
    application.closeAllConnections()
    application.close()
  })
  const countersign = await at.server.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => countersign.close())
  const { port: behind } = application.address() as { port: number }
  const proxy = await startProxy(name, { countersign: countersign.port, application: behind })
  t.after(() => proxy.stop())
  return { ...at, port: proxy.port, reached }
}
