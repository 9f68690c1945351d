import { html } from 'hono/html'
import { STYLESHEET } from '../assets.ts'

/** A message as the demo's mailbox shows it. */
export interface ShownMessage {
  readonly channel: string
  readonly to: string
  readonly subject: string | null
  readonly text: string
  readonly at: string
}

export interface MailboxView {
  readonly messages: readonly ShownMessage[]
  readonly behaviour: Readonly<Record<string, string>>
  readonly behaviours: readonly string[]
}

/** The demo's mailbox and SMS inbox in one, for people; links in mails can be followed. */
export function mailboxPage({ messages, behaviour, behaviours }: MailboxView) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Mailbox of the demo</title>
<link rel="stylesheet" href="${STYLESHEET}">
</head>
<body>
<main class="card wide">
<h1>Mailbox of the demo</h1>
<p>Every email and SMS of this demo ends here. Load the page again for new ones.</p>
<form method="post" action="/mailbox/behaviour" class="behaviour">
<fieldset><legend>What sending does</legend>
${Object.entries(behaviour).map(
  ([channel, now]) => html`<label>${channel}
<select name="${channel}">${behaviours.map((each) => html`<option${each === now ? html` selected` : ''}>${each}</option>`)}</select></label> `,
)}
<button type="submit">Apply</button></fieldset>
</form>
${messages.length === 0 ? html`<p>Nothing yet. Sign in somewhere.</p>` : ''}
${messages.map(
  (message) => html`<article class="message">
<h2>${message.subject ?? message.text.split('\n')[0]}</h2>
<p class="note">${message.channel} to ${message.to}, <time datetime="${message.at}">${message.at.slice(11, 19)} UTC</time></p>
<pre>${linked(message.text)}</pre>
</article>`,
)}
</main>
</body>
</html>`
}

function linked(text: string) {
  const parts = text.split(/(https?:\/\/[^\s<>"]+)/)
  return parts.map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`))
}
