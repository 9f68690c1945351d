import { readCsv } from '#csv/read-csv.ts'
import type { AuthenticatorId } from '#domain/id.ts'
import { rfc3339 } from '#domain/time.ts'
import { isOfType, readText } from '#http/body.ts'
import type { Call } from '#http/call.ts'
import { DOORS } from '#http/doors.ts'
import type { HardwareList } from '#moving/hardware-list.ts'
import { readHardwareTable } from '#moving/hardware-table.ts'
import { readPskc } from '#moving/pskc.ts'
import type { Ports } from '#ports/ports.ts'
import {
  assignHardware,
  type HardwareOutcome,
  importHardware,
  removeHardware,
  resynchroniseHardware,
} from '#usecases/hardware.ts'
import { AssignHardware, DryRun, HardwarePage, HardwareImported, Resynchronise } from './administration-schemas.ts'
import { json } from './answer.ts'
import { type AdministrationHandler, type Entrant, NO_USER, refuseBeyond } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { readInput, readQuery } from './input.ts'
import { refusal } from './login.ts'

const LIMIT = DOORS.find(({ name }) => name === 'api.import-hardware')?.bodyLimit

/** The second is registered by RFC 6030 12.1. */
const FORMS = ['text/csv', 'application/pskc+xml'] as const

/** `GET /hardware`: every hardware token of the site, and who has it. No secret is in it. */
export function getHardware(ports: Ports): AdministrationHandler {
  return async (call) => {
    const found = await ports.store.hardwareTokens(call.site.id)
    const items = found.map(({ token, username }) => ({
      id: token.id,
      serial: token.serial,
      type: token.moves === 'counter' ? ('hotp' as const) : ('totp' as const),
      digits: token.parameters.digits,
      username,
      imported_at: rfc3339(token.importedAt),
      last_used_at: token.lastUsedAt === null ? null : rfc3339(token.lastUsedAt),
    }))
    return json(HardwarePage, { items, next_cursor: null })
  }
}

/** `POST /hardware`: the tokens of a CSV file, or of a PSKC file whose secrets are in the open, all of them or none; with `?dry_run=true` it is only looked at. */
export function postHardware(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const refuse = refusal(ports, call)
    const query = readQuery(call, DryRun)
    if (query.kind === 'refused') return query.response
    const form = FORMS.find((each) => isOfType(call.request, each))
    if (form === undefined)
      return refuse('unsupported_media_type', { detail: `The tokens are sent as ${FORMS.join(' or ')}.` })
    const body = await readText(call.request, call.origin.request, LIMIT)
    if (body.kind === 'refused') return body.response
    const list = form === 'text/csv' ? readCsvList(body.text) : readPskc(body.text, { kind: 'none' })
    const order = { site: call.site.name, actor: partyOf(caller), origin: call.origin }
    const outcome = await importHardware(ports, { ...order, list, dryRun: query.value.dry_run === 'true' })
    switch (outcome.kind) {
      case 'imported':
        return json(HardwareImported, { dry_run: false, tokens: outcome.tokens, imported: outcome.tokens }, 201)
      case 'importable':
        return json(HardwareImported, { dry_run: true, tokens: outcome.tokens, imported: 0 })
      case 'refused': {
        const errors = outcome.problems.map(({ line, problem }) => ({ line, pointer: '', detail: problem }))
        return refuse('import_refused', { extensions: { rows: 0, imported: 0, errors } })
      }
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `PUT /hardware/{token}`: hands it to a user. */
export function putHardware(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, AssignHardware)
    if (input.kind === 'refused') return input.response
    const { username } = input.value
    const beyond = await refuseBeyond(ports, call, entrant, { username })
    return beyond ?? tell(ports, call, await assignHardware(ports, { ...order(call, entrant), username }))
  }
}

/** `DELETE /hardware/{token}`. */
export function deleteHardware(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const found = (await ports.store.hardwareTokens(call.site.id)).find(
      ({ token }) => token.id === call.params['token'],
    )
    const beyond = found?.username && (await refuseBeyond(ports, call, entrant, { username: found.username }))
    return beyond || tell(ports, call, await removeHardware(ports, order(call, entrant)))
  }
}

/** `POST /hardware/{token}/resynchronise`: two codes in a row. */
export function postResynchronise(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, Resynchronise)
    if (input.kind === 'refused') return input.response
    return tell(ports, call, await resynchroniseHardware(ports, { ...order(call, entrant), ...input.value }))
  }
}

function readCsvList(text: string): HardwareList {
  const read = readCsv(text)
  return read.kind === 'table' ? readHardwareTable(read.table) : { tokens: [], problems: [read] }
}

function order(call: Call, { caller }: Entrant) {
  const token = (call.params['token'] ?? '') as AuthenticatorId
  return { site: call.site.name, token, actor: partyOf(caller), origin: call.origin }
}

function tell(ports: Ports, call: Call, outcome: HardwareOutcome): Response {
  const refuse = refusal(ports, call)
  switch (outcome.kind) {
    case 'done':
      return new Response(null, { status: 204 })
    case 'assigned':
      return refuse('hardware_assigned')
    case 'not-found':
      return refuse('invalid_request', { detail: 'These are not two codes in a row of this token.' })
    case 'unknown-user':
      return refuse('not_found', { detail: NO_USER })
    case 'unknown-token':
    case 'unknown-site':
      return refuse('not_found', { detail: 'There is no such token.' })
    case 'busy':
      return refuse('busy')
  }
}
