import { openApp } from './app.ts'

const { ISSUER = '', CLIENT_ID = '', CLIENT_SECRET = '', ORIGIN = 'http://127.0.0.1:4300' } = process.env

const app = await openApp({ issuer: ISSUER, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, origin: ORIGIN })
app.listen(Number(new URL(ORIGIN).port), '127.0.0.1', () => console.log(`The application is at ${ORIGIN}`))
