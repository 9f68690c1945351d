import type { Ports } from '#ports/ports.ts'
import { type PreviewedSignIn, previewSettings } from '#usecases/preview-settings.ts'
import { json } from './answer.ts'
import { tagOf } from './entity-tags.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { invalid } from './input.ts'
import { refusal } from './login.ts'
import { Previewed } from './report-schemas.ts'
import { fieldError, readPatch } from './settings.ts'

/** `POST /settings/preview`: who would newly be asked by this change, and who could not pass. It changes nothing. */
export function postPreview(ports: Ports): AdministrationHandler {
  return async (call) => {
    const input = await readPatch(ports, call)
    if (input.kind === 'refused') return input.response
    const outcome = await previewSettings(ports, { site: call.site.name, patch: input.value })
    if (outcome.kind === 'invalid') return invalid(call, outcome.problems.map(fieldError))
    if (outcome.kind === 'unknown-site') return refusal(ports, call)('not_found')
    const { version, changes, rolesFlagged, users, newlyAsked, noLongerAsked, cannotPass, notEnforced } = outcome
    const body = {
      version,
      changes: [...changes],
      roles_flagged: [...rolesFlagged],
      users,
      counts: {
        newly_asked: newlyAsked.length,
        no_longer_asked: noLongerAsked.length,
        cannot_pass: cannotPass.length,
        not_enforced: notEnforced.length,
      },
      newly_asked: newlyAsked.map(signInBody),
      no_longer_asked: noLongerAsked.map(signInBody),
      cannot_pass: cannotPass.map((each) => ({ ...signInBody(each), why: [...each.why], already: each.already })),
      not_enforced: notEnforced.map(signInBody),
    }
    return json(Previewed, body, 200, { etag: tagOf(version) })
  }
}

function signInBody({ username, displayName, application, administrator, before, after }: PreviewedSignIn) {
  return { username, display_name: displayName, application, administrator, before, after }
}
