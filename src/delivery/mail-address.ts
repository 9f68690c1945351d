/** Somebody a mail is from, as nodemailer takes it. */
export interface MailAddress {
  readonly name: string
  readonly address: string
}

const PART = String.raw`[^\s\p{C}@<>()[\]\\,;:"]+`
const ADDRESS = new RegExp(`^${PART}@${PART}$`, 'u')
const NAMED = /^"?(?<name>[^"<>\p{C}]*?)"?\s*<(?<address>[^<>]+)>$/u

/** One address and nothing else: whatever could be read as a second recipient or a second header is none. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && ADDRESS.test(text)
}

/** `no-reply@acme.test` or `Acme ERP <no-reply@acme.test>`; undefined when it is neither. */
export function parseMailAddress(text: string): MailAddress | undefined {
  const { name = '', address = text } = NAMED.exec(text.trim())?.groups ?? {}
  const bare = address.trim()
  return isMailAddress(bare) ? { name: name.trim(), address: bare } : undefined
}
