import type { Call } from '#http/call.ts'
import type { Application } from '#domain/application.ts'
import { DEFAULT_APPLICATION } from '#domain/application.ts'
import type { Frame } from './layout.ts'
import { textsFor } from './texts/catalogue.ts'

/** What every page of this call knows. */
export function frameOf(call: Call): Frame & { readonly site: NonNullable<Frame['site']> } {
  const { name, title } = call.site
  return { texts: textsFor(call.request.headers.get('accept-language')), site: { name, title } }
}

/** What is said of the application that is signed in to; null: it goes without saying. */
export function applicationTitle(applications: readonly Application[], name: string | undefined): string | null {
  if (name === undefined || name === DEFAULT_APPLICATION) return null
  return applications.find((each) => each.name === name)?.title ?? null
}
