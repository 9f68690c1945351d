import type { Call } from '#http/call.ts'
import type { Application } from '#domain/application.ts'
import { DEFAULT_APPLICATION } from '#domain/application.ts'
import type { Frame } from './layout.ts'
import { textsFor, textsOf } from './texts/catalogue.ts'
import type { Texts } from './texts/texts.ts'

/** The cookie with the language that was picked in this browser. It is the same for all sites, and nobody gains by planting it. */
export const LANGUAGE_COOKIE = 'cs-language'

/** Whose language is known beside the browser's: the user's own setting, and that of the site. */
export interface Speakers {
  readonly user?: string | null
  readonly site?: string
}

/**
 * What every page of this call knows. Its language is the user's own, once we know who it is; else the one picked in this
 * browser; else what the browser asks for; else the site's; else English.
 */
export function frameOf(call: Call, speakers: Speakers = {}): Frame & { readonly site: NonNullable<Frame['site']> } {
  const { name, title, path, base } = call.site
  const texts = textsOf(speakers.user) ?? textsOfBrowser(call.cookies, call.request, speakers.site)
  return { texts, base, site: { name, title, path } }
}

/** The texts in the language picked in this browser; else the one it asks for; else `otherwise`; else English. */
export function textsOfBrowser(cookies: Call['cookies'], request: Request, otherwise?: string): Texts {
  const picked = textsOf(cookies.get(LANGUAGE_COOKIE))
  return picked ?? textsFor(request.headers.get('accept-language'), undefined, otherwise)
}

/** The speakers of a page whose user and site have been read. */
export function speakersOf(file: {
  readonly user: { readonly language: string | null }
  readonly settings: { readonly 'site.language': string }
}): Speakers {
  return { user: file.user.language, site: file.settings['site.language'] }
}

/** What is said of the application that is signed in to; null: it goes without saying. */
export function applicationTitle(applications: readonly Application[], name: string | undefined): string | null {
  if (name === undefined || name === DEFAULT_APPLICATION) return null
  return applications.find((each) => each.name === name)?.title ?? null
}
