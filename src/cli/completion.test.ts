import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { without } from '../../test/real-parts.ts'
import { commandLine } from '../../test/command-line.ts'

const { run } = await commandLine()

/** What bash offers after these words; the last one is still being typed. */
function offered(script: string, ...typed: readonly string[]): readonly string[] {
  const ask = `${script}
COMP_WORDS=(countersign "$@"); COMP_CWORD=$#
_countersign; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', ask, 'bash', ...typed], { encoding: 'utf8' })
    .split('\n')
    .filter((word) => word !== '')
}

test('bash completes commands, commands below commands, and options', async () => {
  const { code, out } = await run('completion bash')
  assert.equal(code, 0)
  assert.deepEqual(offered(out, 'brea'), ['break-glass'])
  assert.deepEqual(offered(out, 'sites', 'cre'), ['create'])
  assert.deepEqual(offered(out, '--site', 'acme', 'users', 'imp'), ['import'])
  assert.deepEqual(offered(out, 'users', 'add', 'kim', '--password'), ['--password-stdin'])
  assert.deepEqual(offered(out, 'sites', 'create', '--si'), ['--site'])
  assert.deepEqual(offered(out, 'nothing-like-it'), [])
})

test('zsh can read what is made for it', { skip: without('zsh') }, async () => {
  const { out } = await run('completion zsh')
  execFileSync('zsh', ['-n'], { input: out })
})

test('fish completes them too', { skip: without('fish') }, async (t) => {
  const { out } = await run('completion fish')
  const folder = mkdtempSync(join(tmpdir(), 'countersign-fish-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'countersign.fish'), out)
  const after = (typed: string): readonly string[] => {
    const said = execFileSync(
      'fish',
      ['--no-config', '-c', `source ${folder}/countersign.fish; complete -C "countersign ${typed}"`],
      {
        encoding: 'utf8',
      },
    )
    return said.split('\n').filter((line) => line !== '')
  }
  assert.deepEqual(after('brea'), ['break-glass'])
  assert.deepEqual(after('--site acme users imp'), ['import'])
  assert.deepEqual(after('sites create --pre'), ['--preset'])
})

test('every command is in each of them, and another shell is refused', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { out } = await run(`completion ${shell}`)
    for (const path of ['users add', 'audit verify', 'break-glass', 'completion']) assert.ok(out.includes(path), path)
  }
  const { code, err } = await run('completion tcsh')
  assert.deepEqual([code, err], [2, 'There is completion for bash, zsh, fish, not for "tcsh".\n'])
})
