import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from 'commander'
import type { CliContext } from '#cli/context.ts'
import { buildProgram } from '#cli/program.ts'
import { DOORS } from '#http/doors.ts'
import { renderMarkdown } from '../../scripts/docs/markdown.ts'
import { readPages } from '../../scripts/docs/site.ts'

const BLOCKS = [...readPages()].flatMap(([path, source]) =>
  renderMarkdown(source).code.map((block) => ({ path, ...block })),
)
const ELSEWHERE = ['/healthz', '/readyz', '/metrics', '/mailbox', '/mailbox/messages', '/mailbox/behaviour']

test('every block of JSON is JSON', () => {
  const json = BLOCKS.filter(({ info, text }) => info.startsWith('json') || (info === '' && /^[{[]/.test(text)))
  assert.ok(json.length > 0)
  for (const { path, text } of json) assert.doesNotThrow(() => JSON.parse(text), `${path}: ${text}`)
})

test('every command in a block is one, with these options and arguments', async () => {
  const typed = BLOCKS.flatMap(({ path, text }) => commands(text).map((line) => ({ path, line })))
  assert.ok(typed.length > 30)
  for (const { path, line } of typed) {
    let said = ''
    await assert.doesNotReject(
      parser((text) => (said += text)).parseAsync([...words(line)], { from: 'user' }),
      `${path}: countersign ${line}\n${said}`,
    )
  }
})

test('what stands in the blocks is really read: a wrong option and a missing argument are found', async () => {
  const [wrong = '', short = ''] = commands('npx countersign users list --colour red\ncountersign keys create | cat\n')
  for (const line of [wrong, short]) await assert.rejects(parser().parseAsync([...words(line)], { from: 'user' }))
  assert.deepEqual(words(`users add 'a b' --display-name "c d"`), ['users', 'add', 'a b', '--display-name', 'c d'])
})

test('every address that curl is given has a door', () => {
  const addresses = BLOCKS.flatMap(({ path, text }) =>
    [...text.matchAll(/curl [^\n]*?https?:\/\/[^/\s'"]+(\/[^\s'"?]*)/g)].map(([, address = '']) => ({ path, address })),
  )
  assert.ok(addresses.length > 0)
  for (const { path, address } of addresses) assert.ok(hasDoor(address), `${path}: ${address}`)
})

/** The tree of all commands, where a command that was understood does nothing. */
function parser(say: (text: string) => void = () => undefined): Command {
  // Only what shapes the tree is used of it.
  const program = buildProgram({ environment: {}, out: say, err: say, isTerminal: false } as unknown as CliContext)
  const still = (command: Command): void => {
    command.exitOverride()
    if (command.commands.length === 0) command.action(() => undefined)
    else command.commands.forEach(still)
  }
  still(program)
  return program
}

/** The command lines of Countersign in a block, without the program's name, pipes and remarks. */
function commands(text: string): readonly string[] {
  const lines = text.replaceAll(/\\\n\s*/g, '').split('\n')
  return lines.flatMap((line) => {
    const [, rest] = /(?:^\s*|\| )(?:npx )?countersign (?![{=])(.+)$/.exec(line) ?? []
    return rest === undefined ? [] : [rest.replace(/ (?:[|<>&#].*|2?>.*)$/, '')]
  })
}

/** As a shell splits them; no variable and no other substitution is known here. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ''))
}

function hasDoor(address: string): boolean {
  if (ELSEWHERE.includes(address)) return true
  const [, , ...rest] = address.split('/')
  const patterns = DOORS.map(({ path }) => path.split('/').slice(1))
  return patterns.some(
    (parts) => parts.length === rest.length && parts.every((part, at) => part.startsWith(':') || part === rest[at]),
  )
}
