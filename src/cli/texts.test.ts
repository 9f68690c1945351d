import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandLine } from '../../test/command-line.ts'

const OWN = JSON.stringify({ subject: 'Code for {site}', text: 'Hello {person},\n\n{code}', sms: '{site}: {code}' })

test('[IV-06] words of a message are previewed, kept, listed and taken back on the command line', async () => {
  const line = await commandLine()
  const at = (typed: string, input?: string) => line.run(`--site acme texts ${typed}`, input)
  const preview = await at('preview code --file -', OWN)
  assert.equal(preview.code, 0)
  assert.match(preview.out, /^Subject: Code for .*\n\nHello ada,\n\n123456\n/)
  assert.match(preview.out, /\nSMS \(\d+ places of 160\):\n\n.*: 123456\n\n@localhost #123456\n$/)
  assert.match((await at('list')).out, /^Every message is said in our words\./)

  assert.equal((await at('set code --file -', OWN)).code, 0)
  assert.match((await at('list')).out, /code +en +sms +\{site\}: \{code\}/)
  assert.match((await at('preview code')).out, /^Subject: Code for /, 'without a file the words in force')
  assert.match((await at('preview code --language de')).out, /^Subject: 123456 ist Ihr/)

  assert.equal((await at('unset code')).code, 0)
  assert.equal((await at('unset code')).code, 3)
  assert.match((await at('preview code')).out, /^Subject: 123456 is your/)
  await line.close()
})

test('[IV-06] what is wrong with words is said part by part', async () => {
  const line = await commandLine()
  const at = (typed: string, input?: string) => line.run(`--site acme texts ${typed}`, input)
  const wrong = await at('set code --file -', JSON.stringify({ text: '{pin}', sms: 'no code' }))
  assert.deepEqual(
    [wrong.code, wrong.err],
    [
      4,
      'text: has {pin}; what can be filled in is {code}, {site}, {person}, {until}, and there are no other braces\n' +
        'sms: has to say the code: write {code}\n',
    ],
  )
  assert.equal((await at('set code --file -', '{"html": "<b>"}')).code, 4)
  assert.match((await at('set cod --file -', OWN)).err, /Did you mean code\?/)
  assert.equal((await at('set code --language xx --file -', OWN)).code, 2)
  await line.close()
})
