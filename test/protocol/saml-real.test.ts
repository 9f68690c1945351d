import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mock, test } from 'node:test'
import { without } from '../real-parts.ts'
import { rows, visit } from '../steps.ts'
import { samlWorld } from './saml-world.ts'

// Debian's SimpleSAMLphp as the identity provider.

const skip = without('php', 'openssl', '/usr/share/doc/php-xml/copyright', '/usr/share/simplesamlphp/www/index.php')
const ENTITY = 'https://idp.test/real'

/** Starts it on a free port with a folder of its own; kim's password there is `secret`. */
async function startProvider(entityId: string, acs: string) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-saml-'))
  for (const name of ['config', 'metadata', 'cert', 'data']) mkdirSync(join(folder, name))
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  const [key, certificate] = ['pem', 'crt'].map((kind) => join(folder, `cert/idp.${kind}`))
  const names = ['-keyout', String(key), '-out', String(certificate), '-days', '2', '-subj', '/CN=idp.test']
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...names], { stdio: 'ignore' })
  write(
    'config/config.php',
    `<?php $config = ['baseurlpath' => '/', 'certdir' => '${folder}/cert/', 'loggingdir' => '${folder}/data/',
      'datadir' => '${folder}/data/', 'tempdir' => '${folder}/data/', 'secretsalt' => 'tests only', 'timezone' => 'UTC',
      'auth.adminpassword' => 'tests only', 'technicalcontact_name' => 'x', 'technicalcontact_email' => 'x@idp.test',
      'logging.handler' => 'errorlog', 'logging.level' => 3, 'enable.saml20-idp' => true, 'session.cookie.secure' => false,
      'session.phpsession.savepath' => '${folder}/data', 'store.type' => 'phpsession', 'module.enable' => ['exampleauth' => true],
      'metadata.sources' => [['type' => 'flatfile', 'directory' => '${folder}/metadata']]];`,
  )
  write(
    'config/authsources.php',
    `<?php $config = ['people' => ['exampleauth:UserPass', 'kim:secret' => ['uid' => ['kim']]]];`,
  )
  write(
    'metadata/saml20-idp-hosted.php',
    `<?php $metadata['${ENTITY}'] = ['host' => '__DEFAULT__', 'privatekey' => 'idp.pem', 'certificate' => 'idp.crt', 'auth' => 'people',
      'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'];`,
  )
  write(
    'metadata/saml20-sp-remote.php',
    `<?php $metadata['${entityId}'] = ['AssertionConsumerService' => '${acs}', 'saml20.sign.response' => true, 'saml20.sign.assertion' => true];`,
  )
  const child = spawn('php', ['-S', '127.0.0.1:0', '-t', '/usr/share/simplesamlphp/www'], {
    env: { ...process.env, SIMPLESAMLPHP_CONFIG_DIR: join(folder, 'config') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'close')
  const origin = await Promise.race([saidOrigin(child), ended.then(() => assert.fail('php did not start'))])
  return {
    origin,
    certificate: readFileSync(String(certificate), 'utf8'),
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function saidOrigin(child: ChildProcess): Promise<string> {
  let text = ''
  return new Promise((done) => {
    child.stderr?.on('data', (chunk) => {
      text += String(chunk)
      const origin = /\((http:\/\/127\.0\.0\.1:\d+)\) started/.exec(text)?.[1]
      if (origin !== undefined) done(origin)
    })
  })
}

/** A browser at the provider: follows to the form with the password, sends it, and brings back what is to be posted to us. */
async function signInThere(to: URL): Promise<string> {
  const cookies = new Map<string, string>()
  async function go(at: URL, form?: URLSearchParams): Promise<{ at: URL; markup: string }> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = form ? { method: 'POST', body: form } : {}
    const answer = await fetch(at, { headers: { cookie }, redirect: 'manual', ...body })
    for (const each of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? []
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    return location === null ? { at, markup: await answer.text() } : go(new URL(location, at))
  }
  const login = await go(to)
  const state = new URL(login.at).searchParams.get('AuthState') ?? assert.fail(login.markup)
  const form = new URLSearchParams({ username: 'kim', password: 'secret', AuthState: state })
  const { markup } = await go(new URL(login.at.pathname, login.at), form)
  const answer = /name="SAMLResponse" value="([^"]+)"/.exec(markup)?.[1] ?? assert.fail(markup)
  return Buffer.from(answer, 'base64').toString()
}

test('[R-186] [S0.15] who signs in at a real identity provider comes in once, and not a second time by the same answer', {
  skip,
}, async (t) => {
  const base = 'https://id.test/acme/saml/corp'
  const provider = await startProvider(`${base}/metadata`, `${base}/acs`)
  t.after(() => provider.stop())
  const ssoUrl = `${provider.origin}/saml2/idp/SSOService.php`
  const world = await samlWorld(t, {
    userAttribute: 'uid',
    real: { entityId: ENTITY, key: provider.certificate, ssoUrl },
  })
  // It knows one time only, and so do both of us here.
  mock.timers.reset()
  world.clock.set(Date.now())
  const { to, cookie } = await world.begin('?next=/acme/account')
  const xml = await signInThere(to)
  const answer = await world.answer(xml, cookie)
  assert.deepEqual(
    [answer.status, answer.location],
    [303, '/acme/account'],
    JSON.stringify(await rows(world, 'external.assertion.refused')),
  )
  const access = await visit(world, answer.token ?? '')
  assert.ok(access.kind === 'granted' && access.user.username === 'kim')
  assert.deepEqual(access.amr, ['external'])
  assert.equal((await world.answer(xml, cookie)).token, null)
  const second = await world.begin()
  const bent = (await signInThere(second.to)).replaceAll('>kim<', '>root<')
  assert.equal((await world.answer(bent, second.cookie)).token, null)
})
