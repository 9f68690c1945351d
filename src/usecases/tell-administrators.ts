import type { Notice, NoticeAbout } from '#domain/delivery.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import { reachableChannels } from './facts.ts'
import { noticeOver } from './new-code.ts'

/** A notice to every administrator whom a message reaches, over the first channel that does. */
export async function tellAdministrators(
  ports: Pick<Ports, 'random' | 'store'>,
  { site }: Pick<SiteFile, 'site'>,
  { notice, about }: { readonly notice: Notice; readonly about: NoticeAbout },
  now: Instant,
): Promise<readonly Change[]> {
  const notices: Change[] = []
  for (const { username, status, kind } of await ports.store.administrators(site.id)) {
    const person = await ports.store.personFile(site.id, username, now)
    const channel = person && reachableChannels(person)[0]
    if (!person || !channel || status !== 'active' || kind === 'service') continue
    notices.push(...noticeOver(ports, person, channel, { kind: 'notice', notice, about }, now))
  }
  return notices
}
