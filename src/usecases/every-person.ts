import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'

/** People that are read at once. Each page is a moment of its own: somebody renamed in between can be missed or come twice. */
const PAGE = 1_000

/** Everybody at a site by name, with all that decides over their sign-in. */
export async function* everyPerson(
  ports: Pick<Ports, 'store'>,
  site: SiteId,
  now: Instant,
): AsyncGenerator<PersonFile> {
  for (let after: string | null = null; ; ) {
    const page: readonly PersonFile[] = await ports.store.people(site, { after, limit: PAGE, now })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.user.username
  }
}
