import { serve } from '@hono/node-server'
import { Hono } from 'hono'

// What a server of this kind holds when it does nothing at all.
const app = new Hono()
app.get('/', (context) => context.text('ok'))
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stdout.write(`${JSON.stringify({ port })}\n`)
})
