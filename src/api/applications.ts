import type { Application } from '#domain/application.ts'
import type { Ports } from '#ports/ports.ts'
import { setApplication, type SetApplication } from '#usecases/applications.ts'
import { createApplication } from '#usecases/create-application.ts'
import { deleteApplication } from '#usecases/delete-application.ts'
import type { z } from 'zod'
import { ApplicationBody, ApplicationChange, ApplicationPage, NewApplication, Page } from './administration-schemas.ts'
import { json } from './answer.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { given, invalid, readInput, readQuery } from './input.ts'
import { refusal } from './login.ts'
import { answerPage, pageOf } from './paging.ts'

const NO_APPLICATION = 'There is no application of this name.'

/** `GET /applications`. */
export function getApplications(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = readQuery(call, Page)
    if (input.kind === 'refused') return input.response
    const file = await ports.store.siteFile(call.site.name)
    const { shown, next } = pageOf(file?.applications ?? [], ({ name }) => name, input.value)
    return answerPage(call, ApplicationPage, { items: shown.map(applicationBody), next_cursor: next })
  }
}

/** `POST /applications`. */
export function postApplication(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, NewApplication)
    if (input.kind === 'refused') return input.response
    const outcome = await createApplication(ports, {
      site: call.site.name,
      name: input.value.name,
      fields: applicationFields(input.value),
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'saved':
        return json(ApplicationBody, applicationBody(outcome.application), 201)
      case 'invalid':
        return invalid(
          call,
          outcome.problems.map(({ field, problem }) => ({ pointer: `/${field}`, detail: problem })),
        )
      case 'name-taken':
        return refuse('name_taken')
      case 'unknown-site':
        return refuse('not_found')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `PATCH /applications/{application}`: its default touches users made from then on. */
export function patchApplication(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, ApplicationChange)
    if (input.kind === 'refused') return input.response
    const outcome = await setApplication(ports, {
      site: call.site.name,
      name: call.params['application'] ?? '',
      fields: applicationFields(input.value),
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'saved':
        return json(ApplicationBody, applicationBody(outcome.application))
      case 'invalid':
        return invalid(
          call,
          outcome.problems.map(({ field, problem }) => ({ pointer: `/${field}`, detail: problem })),
        )
      case 'unknown-application':
      case 'unknown-site':
        return refuse('not_found', { detail: NO_APPLICATION })
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `DELETE /applications/{application}`: any but `web`. */
export function removeApplication(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const { kind } = await deleteApplication(ports, {
      site: call.site.name,
      name: call.params['application'] ?? '',
      actor: partyOf(caller),
      origin: call.origin,
    })
    const refuse = refusal(ports, call)
    switch (kind) {
      case 'deleted':
        return new Response(null, { status: 204 })
      case 'built-in':
        return refuse('built_in')
      case 'unknown-application':
      case 'unknown-site':
        return refuse('not_found', { detail: NO_APPLICATION })
      case 'busy':
        return refuse('busy')
    }
  }
}

function applicationBody(application: Application): z.input<typeof ApplicationBody> {
  return {
    name: application.name,
    title: application.title,
    default_for_new_users: application.defaultForNewUsers,
    interval_hours: application.intervalHours,
    recheck_in_session: application.recheckInSession,
    session_hours: application.sessionHours,
    session_idle_minutes: application.sessionIdleMinutes,
    hosts: [...application.hosts],
  }
}

function applicationFields(body: z.output<typeof ApplicationChange>): SetApplication['fields'] {
  return given({
    title: body.title,
    defaultForNewUsers: body.default_for_new_users,
    intervalHours: body.interval_hours,
    recheckInSession: body.recheck_in_session,
    sessionHours: body.session_hours,
    sessionIdleMinutes: body.session_idle_minutes,
    hosts: body.hosts,
  })
}
