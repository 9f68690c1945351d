import { type CsvTable, readCsv } from '#csv/read-csv.ts'
import { isOfType, readText } from '#http/body.ts'
import type { Call } from '#http/call.ts'
import { DOORS } from '#http/doors.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { readHeader, readRow } from '#usecases/import-columns.ts'
import { type ImportProblem, importUsers } from '#usecases/import-users.ts'
import { DryRun } from './administration-schemas.ts'
import { json } from './answer.ts'
import { type AdministrationHandler, refuseBeyond } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { type Input, readQuery } from './input.ts'
import { refusal } from './login.ts'
import { Imported } from './report-schemas.ts'

/** `POST /users/import`: the users of a CSV file, all of them or none; with `?dry_run=true` it is only looked at. */
export function postImport(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const query = readQuery(call, DryRun)
    if (query.kind === 'refused') return query.response
    const read = await readTable(call)
    if (read.kind === 'refused') return read.response
    const beyond = await refuseBeyond(ports, call, entrant, { roles: rolesIn(read.value) })
    if (beyond) return beyond
    const dryRun = query.value.dry_run === 'true'
    const act = { actor: partyOf(entrant.caller), origin: call.origin }
    const outcome = await importUsers(ports, { ...act, site: call.site.name, table: read.value, dryRun })
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'imported':
        return json(Imported, { dry_run: false, rows: outcome.users, imported: outcome.users }, 201)
      case 'importable':
        return json(Imported, { dry_run: true, rows: outcome.users, imported: 0 })
      case 'refused':
        return refuse('import_refused', {
          extensions: { rows: outcome.rows, imported: 0, errors: outcome.problems.map(errorOf) },
        })
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

const LIMIT = DOORS.find(({ name }) => name === 'api.import-users')?.bodyLimit

async function readTable(call: Call): Promise<Input<CsvTable>> {
  const requestId = call.origin.request
  if (!isOfType(call.request, 'text/csv')) {
    const detail = 'The users are sent as text/csv.'
    return { kind: 'refused', response: problem('unsupported_media_type', { detail, requestId }) }
  }
  const body = await readText(call.request, requestId, LIMIT)
  if (body.kind === 'refused') return body
  const read = readCsv(body.text)
  if (read.kind === 'table') return { kind: 'ok', value: read.table }
  const errors = [errorOf({ line: read.line, username: '', field: '', problem: read.problem })]
  const extensions = { rows: 0, imported: 0, errors }
  return { kind: 'refused', response: problem('import_refused', { requestId, extensions }) }
}

/** Every role that a row names. */
function rolesIn({ header, rows }: CsvTable): readonly string[] {
  const { columns } = readHeader(header)
  return [...new Set(rows.flatMap(({ cells }) => readRow(columns, cells).fields.roles ?? []))]
}

function errorOf({ line, username, field, problem }: ImportProblem) {
  return { line, username, pointer: field === '' ? '' : `/${field}`, detail: problem }
}
