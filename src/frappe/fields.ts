import type { Call } from '#http/call.ts'
import { isOfType } from '#http/body.ts'
import { readForm } from '#http/forms.ts'
import { readJson } from '#http/json-body.ts'

export type Fields =
  | { readonly kind: 'ok'; readonly get: (name: string) => string | undefined }
  | { readonly kind: 'refused'; readonly response: Response }

/** The fields of a call as clients of Frappe send them: a form or JSON. A value that is no text is none. */
export async function readFields(call: Call): Promise<Fields> {
  if (isOfType(call.request, 'application/x-www-form-urlencoded')) {
    const form = await readForm(call.request)
    return form.kind === 'refused' ? form : { kind: 'ok', get: (name) => form.fields.get(name) }
  }
  const body = await readJson(call.request, { requestId: call.origin.request, optional: true })
  if (body.kind === 'refused') return body
  const { value } = body
  const fields = new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  return {
    kind: 'ok',
    get: (name) => {
      const given: unknown = fields.get(name)
      return typeof given === 'string' ? given : undefined
    },
  }
}
