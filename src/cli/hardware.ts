import type { HardwareToken } from '#domain/hardware-token.ts'
import { rfc3339 } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import { assignHardware, type HardwareOutcome, removeHardware, resynchroniseHardware } from '#usecases/hardware.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound } from './job.ts'
import { table } from './output.ts'

export function listHardware(job: Job): Promise<void> {
  return atSite(job, async ({ ports, file: { site } }) => {
    const tokens = (await ports.store.hardwareTokens(site.id)).map(({ token, username }) => ({
      serial: token.serial,
      type: token.moves === 'counter' ? 'hotp' : 'totp',
      digits: token.parameters.digits,
      username,
      last_used_at: token.lastUsedAt === null ? null : rfc3339(token.lastUsedAt),
    }))
    const rows = tokens.map((each) => [
      each.serial,
      each.type,
      String(each.digits),
      each.username ?? 'nobody',
      each.last_used_at ?? 'never',
    ])
    answer(job, tokens, table(['Serial', 'Type', 'Digits', 'User', 'Last used'], rows))
  })
}

export function assignHardwareTo(job: Job, serial: string, username: string): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const token = await tokenOf(ports, file, serial)
    const { kind } = await assignHardware(ports, { ...order, token: token.id, username })
    if (kind === 'unknown-user') throw notFound('user', username, [])
    if (kind === 'assigned') {
      const how = 'Take it back first: remove it from the authenticators of whoever has it.'
      throw new Failure(EXIT.refused, `The token ${serial} is somebody's. ${how}`)
    }
    done(kind, serial)
    answer(job, { serial, username }, `${username} signs in with the codes of ${serial} from now on.`)
  })
}

export function resynchroniseBySerial(job: Job, serial: string): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const token = await tokenOf(ports, file, serial)
    const [first, second, ...others] = (await job.context.input()).split(/\s+/).filter((each) => each !== '')
    if (first === undefined || second === undefined || others.length > 0)
      throw new Failure(
        EXIT.usage,
        'Two codes are wanted on standard input, in the order in which the token showed them.',
      )
    const { kind } = await resynchroniseHardware(ports, { ...order, token: token.id, first, second })
    if (kind === 'not-found')
      throw new Failure(
        EXIT.refused,
        `These are not two codes in a row of the token ${serial}, within its next hundred.`,
      )
    done(kind, serial)
    answer(job, { serial }, `The token ${serial} is found: its next code signs in.`)
  })
}

export function removeHardwareBySerial(job: Job, serial: string, { yes }: { readonly yes?: true }): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const token = await tokenOf(ports, file, serial)
    if (yes !== true)
      throw new Failure(EXIT.usage, `The token ${serial} would be gone for good. Add --yes to remove it.`)
    const { kind } = await removeHardware(ports, { ...order, token: token.id })
    done(kind, serial)
    answer(job, { removed: serial }, `The token ${serial} opens nothing any more.`)
  })
}

async function tokenOf(ports: Ports, { site }: SiteFile, serial: string): Promise<HardwareToken> {
  const all = (await ports.store.hardwareTokens(site.id)).map(({ token }) => token)
  const found = all.find((token) => token.serial === serial)
  if (found) return found
  throw notFound(
    'hardware token',
    serial,
    all.map((token) => token.serial),
  )
}

/** Everything else has been answered before, or was true a moment ago. */
function done(kind: HardwareOutcome['kind'], serial: string): void {
  if (kind === 'busy') throw busy()
  if (kind !== 'done') throw notFound('hardware token', serial, [])
}
