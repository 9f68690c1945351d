import type { ContactPerson } from '#policy/settings.ts'
import { html, type Html } from '../html.ts'
import type { Texts } from '../texts/texts.ts'

/** Whom to turn to, and what to read out to them; nothing where there is nobody to show. */
export function contactList(
  texts: Texts,
  contacts: readonly ContactPerson[],
  reference: string | null = null,
): Html | null {
  if (contacts.length === 0) return null
  return html`<section class="contacts" aria-labelledby="contacts">
<h2 id="contacts">${texts.contacts.title}</h2>
<ul>${contacts.map((contact) => html`<li>${person(texts, contact)}</li>`)}</ul>
${reference && html`<p>${texts.contacts.reference(html`<bdi class="reference" dir="ltr">${reference}</bdi>`)}</p>`}
</section>`
}

// Links are made of what looks like a number or an address; anything else is shown as the text it is.
function person({ contacts }: Texts, { name, phone, email, text }: ContactPerson): Html {
  const dial = phone.replaceAll(/[^\d+*#]/g, '')
  const number = /^[+(]?[\d\s()./-]+$/.test(phone)
    ? html`<a href="tel:${dial}" dir="ltr">${phone}</a>`
    : html`<bdi>${phone}</bdi>`
  const address = html`<a href="mailto:${encodeURIComponent(email).replaceAll('%40', '@')}" dir="ltr">${email}</a>`
  return html`<strong><bdi>${name}</bdi></strong>
${text && html`<span class="text">${text}</span>`}
${phone && html`<span>${contacts.phone(number)}</span>`}
${email && html`<span>${contacts.email(address)}</span>`}`
}
