import type { Evidence } from '#domain/evidence.ts'
import type { Session } from '#domain/session.ts'
import type { Instant } from '#domain/time.ts'
import { html, type Html } from '../html.ts'
import { type Frame, layout } from '../layout.ts'
import { dayTime } from '../moments.ts'
import type { Texts } from '../texts/texts.ts'

export interface AccountPage extends Frame {
  readonly site: NonNullable<Frame['site']>
  readonly person: string
  readonly username: string
  readonly application: string
  readonly session: Pick<Session, 'evidence' | 'rule' | 'createdAt'>
  readonly expiresAt: Instant
  readonly notice: string | null
  readonly problem: string | null
  /** What they have, and what can be done to it. */
  readonly things: Html
}

/** Who is signed in here, how it was proved, and the way out. */
export function accountPage(page: AccountPage): Html {
  const { texts, site, session } = page
  const { account } = texts
  const rule = account.rules[session.rule]
  const degraded = session.rule === 'channel_unconfigured'
  const proofs = session.evidence.map((each) => proof(texts, each))
  const name =
    page.person === page.username
      ? html`<bdi>${page.username}</bdi>`
      : html`<bdi>${page.person}</bdi> (<bdi>${page.username}</bdi>)`
  const [only] = proofs
  const proved = proofs.length === 1 ? only : html`<ul>${proofs.map((each) => html`<li>${each}</li>`)}</ul>`
  return layout(page, {
    title: account.title,
    problem: page.problem,
    notice: page.notice,
    body: html`${degraded && html`<div class="caution"><p>${account.degraded}</p></div>`}
<dl>
<div><dt>${account.name}</dt><dd>${name}</dd></div>
<div><dt>${account.application}</dt><dd><bdi>${page.application}</bdi></dd></div>
<div><dt>${account.proved}</dt><dd>${proved}</dd></div>
<div><dt>${account.since}</dt><dd>${dayTime(texts, session.createdAt)}</dd></div>
<div><dt>${account.until}</dt><dd>${dayTime(texts, page.expiresAt)}</dd></div>
</dl>
${rule && html`<p>${rule}</p>`}
<form method="post" action="${site.path}/logout"><button type="submit">${account.signOut}</button></form>
${page.things}`,
  })
}

function proof({ account }: Texts, evidence: Evidence): string {
  switch (evidence.kind) {
    case 'password':
      return account.password
    case 'app':
      return account.app
    case 'code':
      return evidence.over.map((channel) => account.code[channel]).join(', ')
    case 'external':
      return account.external(evidence.provider)
    case 'passkey':
      return account.passkey
    case 'hardware':
      return account.hardware
    case 'recovery':
      return account.recovery
    case 'break_glass':
      return account.issuedCode[evidence.by]
  }
}
