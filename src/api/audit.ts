import { rfc3339 } from '#domain/time.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import type { AuditQuery } from '#ports/store.ts'
import { type AuditLine, listAudit } from '#usecases/audit.ts'
import type { z } from 'zod'
import type { AdministrationHandler } from './behind-right.ts'
import { readQuery } from './input.ts'
import { refusal } from './login.ts'
import { answerPage, ROWS } from './paging.ts'
import { AuditFilter, AuditPage } from './schemas.ts'

/** `GET /audit`: the newest rows first, page by page. */
export function getAudit(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, AuditFilter)
    if (input.kind === 'refused') return input.response
    const limit = input.value.limit ?? ROWS
    // One row more than is shown tells whether there is a next page.
    const lines = await listAudit(ports, call.site.name, {
      ...(await queryOf(ports, call, input.value)),
      limit: limit + 1,
    })
    if (lines === 'unknown-site') return refusal(ports, call)('not_found')
    const shown = lines.slice(0, limit)
    const last = shown.at(-1)
    const next = lines.length > limit && last ? String(last.seq) : null
    return answerPage(call, AuditPage, { items: shown.map(itemBody), next_cursor: next })
  }
}

/** The conditions of a filter, with names of people and keys read as their ids. */
export async function queryOf(
  ports: Ports,
  call: Call,
  filter: Omit<z.output<typeof AuditFilter>, 'limit'>,
): Promise<Omit<AuditQuery, 'limit'>> {
  const { actor, action, target, from, to, cursor } = filter
  return {
    ...(actor === undefined ? {} : { actor: await idOf(ports, call, actor) }),
    ...(target === undefined ? {} : { subject: await idOf(ports, call, target) }),
    ...(action === undefined ? {} : { ev: action }),
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
    ...(cursor === undefined ? {} : { before: cursor }),
  }
}

/** People are asked for by name, and written down by id, because names can be erased. */
async function idOf(ports: Ports, { site }: Call, name: string): Promise<string> {
  const person = await ports.store.personFile(site.id, name, ports.clock.now())
  if (person) return person.user.id
  const keys = await ports.store.apiKeys(site.id)
  return keys.find((key) => key.name === name)?.id ?? name
}

function itemBody(line: AuditLine): z.input<typeof AuditPage>['items'][number] {
  const { seq, at, user, action, ev, actor, subject, application, origin, data, hash } = line
  return {
    seq,
    at: rfc3339(at),
    user,
    action,
    event: ev,
    actor,
    target: subject,
    application,
    address: origin.address,
    user_agent: origin.userAgent,
    request: origin.request,
    data,
    hash,
  }
}
