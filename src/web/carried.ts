import { safeNext } from '#http/next.ts'
import { html, type Html } from './html.ts'

/** What goes through all steps of one sign-in, in queries and hidden fields. */
export interface Carried {
  /** Where to go in the end. */
  readonly next: string | undefined
  /** What is signed in to, if it was named. */
  readonly application: string | undefined
  /** Which of the pending logins of this browser is meant; see `pending-cookie.ts`. */
  readonly login: string | undefined
}

/** Reads it from a query or a form. Where `next` leads is checked here, each time it comes back. */
export function carriedFrom(get: (name: string) => string | null | undefined, path: string): Carried {
  return {
    next: safeNext(get('next'), path),
    application: get('application') || undefined,
    login: get('login') || undefined,
  }
}

export function hiddenFields(carried: Carried): readonly Html[] {
  return entries(carried).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
}

/** A path of ours with what is carried in its query. */
export function withCarried(
  path: string,
  carried: Partial<Carried>,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams([...entries(carried), ...Object.entries(more)]).toString()
  return query === '' ? path : `${path}?${query}`
}

function entries({ next, application, login }: Partial<Carried>): readonly [string, string][] {
  return Object.entries({ next, application, login }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
}
