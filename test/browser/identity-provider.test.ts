import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { assertionXml, ENTITY, responseXml, signed } from '../protocol/saml-signer.ts'
import { without } from '../real-parts.ts'
import { openStage, type Stage } from './chromium.ts'
import { follow, isInside } from './person.ts'

// Chromium between two origins: a provider's page that posts its answer by itself, as real ones do, and the cookie that has to come along.

const skip = without('chromium', 'openssl')
let stage: Stage
let provider: { readonly origin: string; readonly server: Server } | undefined

before(async () => {
  if (skip) return
  stage = await openStage('manufacturing')
  provider = await startProvider(stage.demo.origin, stage.demo.adminKey)
})

after(async () => {
  if (skip) return
  provider?.server.closeAllConnections()
  provider?.server.close()
  await stage.close()
})

function newKey(): { readonly key: string; readonly certificate: string } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-idp-'))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'idp.crt')]
  const names = ['-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=localhost']
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...names], { stdio: 'ignore' })
  const made = { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') }
  rmSync(folder, { recursive: true })
  return made
}

/** A provider that knows one person and asks nothing: it vouches for kim to whoever comes. */
async function startProvider(origin: string, adminKey: string): Promise<{ origin: string; server: Server }> {
  const { key, certificate } = newKey()
  const base = `${origin}/acme/saml/corp`
  const server = createServer({ key, cert: certificate }, (request, response) => {
    const sent = new URL(request.url ?? '', 'http://provider.test').searchParams.get('SAMLRequest') ?? ''
    const asked = inflateRawSync(Buffer.from(sent, 'base64')).toString()
    const id = / ID="(?<id>[^"]+)"/.exec(asked)?.groups?.['id'] ?? ''
    const said = { request: id, acs: `${base}/acs`, audience: `${base}/metadata`, now: Date.now() }
    const xml = signed(responseXml(said, signed(assertionXml(said), 'Assertion', key)), 'Response', key)
    const field = `<input type="hidden" name="SAMLResponse" value="${Buffer.from(xml).toString('base64')}">`
    const page = `<form method="post" action="${base}/acs">${field}<button>Vouch for kim</button></form>`
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(`<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Corp</title>${page}</html>`)
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const own = `https://localhost:${(server.address() as AddressInfo).port}`
  const config = { entity_id: ENTITY, sso_url: `${own}/sso`, certificates: [certificate] }
  const answer = await fetch(`${origin}/acme/api/v1/identity-providers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${adminKey}` },
    body: JSON.stringify({ name: 'corp', title: 'Corp & Sons', config }),
  })
  assert.ok(answer.ok, await answer.clone().text())
  return { origin: own, server }
}

for (const scripts of [false, true])
  test(`[S0.15] in Chromium the button leads to the provider and right back to the page that was asked for, ${scripts ? 'with' : 'without'} scripts`, {
    skip,
  }, async (t) => {
    assert.ok(provider)
    const { origin } = provider
    const person = await stage.person(t, { scripts, origins: () => [origin], strangers: true })
    const page = await person.newPage()
    await page.goto('/acme/login?next=/acme/account%3Ffrom%3Dcorp')
    await follow(page, () => page.getByRole('link', { name: 'Sign in with Corp & Sons' }).click())
    assert.equal(new URL(page.url()).origin, origin)
    await follow(page, () => page.getByRole('button', { name: 'Vouch for kim' }).click())
    await isInside(page, 'kim')
    assert.equal(new URL(page.url()).search, '?from=corp')
    assert.match(await page.getByRole('main').innerText(), /sign-in at corp/)
  })
