import { isOfType, readText } from './body.ts'
import { problem } from './problems.ts'

export type Form =
  | { readonly kind: 'ok'; readonly fields: ReadonlyMap<string, string> }
  | { readonly kind: 'refused'; readonly response: Response }

/** The fields of a form that a page of ours has sent. A field that comes twice is refused: two readers could take different ones. */
export async function readForm(request: Request): Promise<Form> {
  if (!isOfType(request, 'application/x-www-form-urlencoded')) {
    return { kind: 'refused', response: problem('unsupported_media_type', { detail: 'A form is sent url-encoded.' }) }
  }
  const body = await readText(request)
  if (body.kind === 'refused') return body
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body.text)) {
    if (fields.has(name)) {
      return { kind: 'refused', response: problem('invalid_request', { detail: 'A field of the form came twice.' }) }
    }
    fields.set(name, value)
  }
  return { kind: 'ok', fields }
}
