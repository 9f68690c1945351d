import { createClient } from '../../client/countersign.js'
import { account, createApp } from './app.ts'

const { COUNTERSIGN_ORIGIN, COUNTERSIGN_SITE = 'acme', COUNTERSIGN_KEY, PORT = '3000' } = process.env
if (COUNTERSIGN_ORIGIN === undefined || COUNTERSIGN_KEY === undefined)
  throw new Error('COUNTERSIGN_ORIGIN and COUNTERSIGN_KEY (an API key with the scope challenges) are needed')

const countersign = createClient({ origin: COUNTERSIGN_ORIGIN, site: COUNTERSIGN_SITE, key: COUNTERSIGN_KEY })
createApp(countersign, [account('kim', 'a password of the shop')]).listen(Number(PORT), '127.0.0.1', () => {
  process.stdout.write(`http://localhost:${PORT}\n`)
})
