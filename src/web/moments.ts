import { type Duration, type Instant, rfc3339, seconds } from '#domain/time.ts'
import { html, type Html } from './html.ts'
import type { Texts } from './texts/texts.ts'

type Speech = Pick<Texts, 'clock' | 'moment' | 'span'>

/** The last second in which something still works. */
export function untilTime(texts: Speech, at: Instant, now: Instant): Html {
  return timeElement(texts, Math.floor(at / seconds(1)) * seconds(1), now)
}

/** The first whole second from which something works again: who waits for it is never too early. */
export function fromTime(texts: Speech, at: Instant, now: Instant): Html {
  return timeElement(texts, Math.ceil(at / seconds(1)) * seconds(1), now)
}

/** Day and time, for what lasts longer than today. */
export function dayTime(texts: Speech, at: Instant): Html {
  return element(at, texts.moment(at))
}

/** How long it is until then. */
export function left(texts: Speech, at: Instant, now: Instant): string {
  return texts.span(at - now)
}

/** Seconds for `Retry-After`; undefined when waiting does not help. */
export function retryAfter(at: Instant, now: Instant): number | undefined {
  const wait: Duration = at - now
  return Number.isFinite(wait) ? Math.max(1, Math.ceil(wait / seconds(1))) : undefined
}

function timeElement(texts: Speech, at: Instant, now: Instant): Html {
  const today = rfc3339(at).slice(0, 10) === rfc3339(now).slice(0, 10)
  return element(at, today ? texts.clock(at) : texts.moment(at))
}

function element(at: Instant, words: string): Html {
  return html`<time datetime="${rfc3339(at).replace(/\.\d+Z$/, 'Z')}">${words}</time>`
}
