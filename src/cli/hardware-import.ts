import { readCsv } from '#csv/read-csv.ts'
import type { HardwareList } from '#moving/hardware-list.ts'
import { readHardwareTable } from '#moving/hardware-table.ts'
import { readPskc } from '#moving/pskc.ts'
import type { PskcUnlock } from '#moving/pskc-key.ts'
import { importHardware } from '#usecases/hardware.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound, say } from './job.ts'
import { count } from './output.ts'
import { readText } from './read-text.ts'

export interface HardwareFileFlags {
  readonly keyFile?: string
  readonly passwordFile?: string
  readonly dryRun?: true
}

/** Problems that are told on the terminal. */
const TOLD = 20

/** Takes the tokens of a CSV or PSKC file in: all of them, or none when a single one is wrong. */
export async function importHardwareFile(job: Job, path: string, flags: HardwareFileFlags): Promise<void> {
  const list = listOf(await readText(path), await unlockOf(flags))
  await atSite(job, async ({ ports, order }) => {
    const outcome = await importHardware(ports, { ...order, list, dryRun: flags.dryRun === true })
    switch (outcome.kind) {
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
      case 'refused': {
        const lines = outcome.problems.slice(0, TOLD).map(({ line, problem }) => `line ${line}: ${problem}`)
        const more = outcome.problems.length - lines.length
        if (more > 0) lines.push(`and ${count(more, 'more problem')}`)
        throw new Failure(EXIT.refused, [...lines, 'Nothing was imported.'].join('\n'))
      }
      case 'importable':
        answer(
          job,
          { dry_run: true, imported: 0, tokens: outcome.tokens },
          `${count(outcome.tokens, 'token')} can be imported.`,
        )
        return say(job, 'Nothing was changed.')
      case 'imported':
        answer(
          job,
          { dry_run: false, imported: outcome.tokens, tokens: outcome.tokens },
          `${count(outcome.tokens, 'token')} imported.`,
        )
        return say(job, 'They are nobody\'s yet; "hardware assign SERIAL NAME" hands one out.')
    }
  })
}

/** PSKC is XML, and no table begins like that. */
function listOf(text: string, unlock: PskcUnlock): HardwareList {
  if (/^\uFEFF?\s*</.test(text)) return readPskc(text, unlock)
  if (unlock.kind !== 'none')
    throw new Failure(EXIT.usage, 'Only a PSKC file has a key or a password, and this is none.')
  const read = readCsv(text)
  return read.kind === 'table' ? readHardwareTable(read.table) : { tokens: [], problems: [read] }
}

async function unlockOf({ keyFile, passwordFile }: HardwareFileFlags): Promise<PskcUnlock> {
  if (keyFile !== undefined && passwordFile !== undefined)
    throw new Failure(EXIT.usage, 'A PSKC file has a key or a password, and not both.')
  if (passwordFile !== undefined)
    return { kind: 'password', password: (await readText(passwordFile)).replace(/\r?\n$/, '') }
  if (keyFile === undefined) return { kind: 'none' }
  const hex = (await readText(keyFile)).replaceAll(/\s/g, '')
  if (/^(?:[0-9a-f]{32}|[0-9a-f]{48}|[0-9a-f]{64})$/i.test(hex)) return { kind: 'key', key: Buffer.from(hex, 'hex') }
  throw new Failure(EXIT.refused, `The file ${keyFile} has no key in it: 32, 48 or 64 hexadecimal digits.`)
}
