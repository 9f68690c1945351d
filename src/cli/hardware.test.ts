import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { hotp } from '#authenticators/hotp.ts'
import { commandLine } from '../../test/command-line.ts'
import { type, waiting } from '../../test/steps.ts'

/** RFC 4226, appendix D. */
const SECRET = Buffer.from('12345678901234567890')
const PSKC = `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"><KeyPackage>
  <DeviceInfo><SerialNo>P-1</SerialNo></DeviceInfo>
  <Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
    <AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
    <Data><Secret><PlainValue>${SECRET.toString('base64')}</PlainValue></Secret></Data>
  </Key></KeyPackage></KeyContainer>`

test('[R-046] tokens from a PSKC file are looked at, taken in, handed out, found again and thrown away by command', async (t) => {
  const line = await commandLine()
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'))
  t.after(async () => {
    rmSync(folder, { recursive: true })
    await line.close()
  })
  const file = join(folder, 'tokens.xml')
  writeFileSync(file, PSKC)
  await line.set({ 'methods.allowed': ['hardware', 'email'] })

  assert.match((await line.run(`--site acme hardware import ${file} --dry-run`)).out, /1 token can be imported/)
  assert.deepEqual(await line.json('--site acme hardware list'), [])
  assert.equal((await line.run(`--site acme hardware import ${file}`)).code, 0)
  const twice = await line.run(`--site acme hardware import ${file}`)
  assert.deepEqual([twice.code, /P-1 is here already/.test(twice.err)], [4, true])

  assert.equal((await line.run('--site acme hardware assign P-1 kim')).code, 0)
  assert.equal((await line.run('--site acme hardware assign P-1 op')).code, 4)
  const misspelt = await line.run('--site acme hardware assign P-2 kim')
  assert.deepEqual([misspelt.code, /Did you mean P-1/.test(misspelt.err)], [3, true])

  const wrong = await line.run('--site acme hardware resynchronise P-1', `${hotp(SECRET, 40)}\n${hotp(SECRET, 42)}\n`)
  assert.equal(wrong.code, 4)
  const found = await line.run('--site acme hardware resynchronise P-1', `${hotp(SECRET, 40)}\n${hotp(SECRET, 41)}\n`)
  assert.equal(found.code, 0, found.err)
  const signIn = async () => type(line, waiting(await line.password('kim')), hotp(SECRET, 42))
  assert.equal((await signIn()).kind, 'signed-in')

  assert.equal((await line.run('--site acme hardware remove P-1')).code, 2)
  assert.equal((await line.run('--site acme hardware remove P-1 --yes')).code, 0)
  assert.deepEqual(await line.json('--site acme hardware list'), [])
})

test('a table of tokens has no key, and a key file has one', async (t) => {
  const line = await commandLine()
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'))
  t.after(async () => {
    rmSync(folder, { recursive: true })
    await line.close()
  })
  const [table, key] = [join(folder, 'tokens.csv'), join(folder, 'key')]
  writeFileSync(table, 'serial,secret\nA-1,zz\n')
  writeFileSync(key, '12345678901234567890123456789012\n')
  const run = (more: string) => line.run(`--site acme hardware import ${table}${more}`)
  assert.match((await run('')).err, /line 2: secret is hexadecimal.*Nothing was imported/s)
  assert.match((await run(` --key-file ${key}`)).err, /Only a PSKC file/)
  assert.match((await run(` --key-file ${table}`)).err, /has no key in it/)
  assert.match((await run(` --key-file ${key} --password-file ${key}`)).err, /not both/)
})
