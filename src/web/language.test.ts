import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from '../../test/pages-browser.ts'
import { siteFor } from '../../test/steps.ts'
import { ADMIN } from '../../test/world.ts'
import { changeUser } from '#usecases/users.ts'
import { errorPage } from './handlers.ts'

test('pages speak the language that the browser asks for, and run in its direction', async (t) => {
  const pages = pagesOf(await siteFor(t, 'manufacturing'))
  assert.match((await pages.browser('ar-EG, en;q=0.5').open('/acme/login')).markup, /<html lang="ar" dir="rtl">/)
  const german = await pages.browser('de-CH').open('/acme/login')
  assert.match(german.markup, /<html lang="de" dir="ltr">/)
  assert.match(german.text, /Benutzername/)
})

test('for a browser that asks for none of ours the site speaks, in its pages and its messages', async (t) => {
  const world = await siteFor(t, 'manufacturing')
  await world.set({ 'site.language': 'fr' })
  const browser = pagesOf(world).browser('pl')
  assert.match((await browser.open('/acme/login')).markup, /<html lang="fr"/)
  const code = await browser.submit('/acme/login', { username: 'sam', password: 'sam-demo-password' })
  assert.match(code.markup, /<html lang="fr"/)
  assert.match(world.messages('email')[0]?.text ?? '', /est votre code de sécurité/)
})

test('a language picked on the login page stays in the browser, with what the sign-in carries', async (t) => {
  const browser = pagesOf(await siteFor(t, 'manufacturing')).browser('de')
  const offered = await browser.open('/acme/login?next=%2Facme%2Faccount')
  const link = /href="(?<at>[^"]*lang=he)"/.exec(offered.markup)?.groups?.['at']?.replaceAll('&amp;', '&')
  assert.ok(link)
  const hebrew = await browser.open(link)
  assert.match(hebrew.markup, /<html lang="he" dir="rtl">/)
  assert.equal(hebrew.at, '/acme/login?next=%2Facme%2Faccount')
  assert.match((await browser.open('/acme/login')).markup, /<html lang="he"/)
  assert.match((await browser.open('/acme/login?lang=tlh')).markup, /<html lang="he"/)
})

test('once the password has said who it is, the language is the user’s own', async (t) => {
  const world = await siteFor(t, 'manufacturing')
  const changed = await changeUser(world.ports, { ...ADMIN, site: 'acme', username: 'sam', fields: { language: 'es' } })
  assert.equal(changed.kind, 'saved', JSON.stringify(changed))
  const browser = pagesOf(world).browser('de')
  await browser.open('/acme/login')
  const code = await browser.submit('/acme/login', { username: 'sam', password: 'sam-demo-password' })
  assert.match(code.markup, /<html lang="es"/)
  assert.match(world.messages('email')[0]?.text ?? '', /es su código de seguridad/)
})

test('a failure that people meet is told in the language of their browser, one that they do not is whole in English', async (t) => {
  const pages = pagesOf(await siteFor(t, 'manufacturing'))
  const german = pages.browser('de')
  const lost = await german.open('/acme/nothing')
  assert.equal(lost.status, 404)
  assert.match(lost.markup, /<html lang="de"/)
  assert.match(lost.text, /Nicht gefunden Unter dieser Adresse gibt es nichts\./)
  const arabic = pages.browser('de')
  await arabic.open('/acme/login?lang=ar')
  assert.match((await arabic.open('/nowhere/login')).markup, /<html lang="ar" dir="rtl"/)
  const refused = errorPage({
    status: 415,
    title: 'Unsupported media type',
    detail: 'Another type is taken.',
    code: 'unsupported_media_type',
    site: null,
    base: '',
    requestId: 'req_1',
    request: new Request('https://login.test/', { headers: { 'accept-language': 'de' } }),
  })
  assert.match(await refused.text(), /<html lang="en"/)
})
