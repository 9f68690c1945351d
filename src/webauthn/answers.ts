import { z } from 'zod'

// What `PublicKeyCredential.toJSON()` gives (WebAuthn Level 3, 5.1.4), as far as it is looked at.

const LONGEST = 16_384
const base64url = z
  .string()
  .max(LONGEST)
  .regex(/^[\w-]*$/)
const common = {
  id: base64url.min(1),
  rawId: base64url.min(1),
  type: z.literal('public-key'),
  // Extensions are asked for by nobody and believed by nobody.
  clientExtensionResults: z.unknown().transform(() => ({})),
}
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
const transports = z
  .array(z.string())
  .max(20)
  .transform((given) => TRANSPORTS.filter((each) => given.includes(each)))

export const registration = z.object({
  ...common,
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: transports.default([]) }),
})

export const assertion = z.object({
  ...common,
  response: z
    .object({
      clientDataJSON: base64url,
      authenticatorData: base64url,
      signature: base64url,
      userHandle: base64url.nullish(),
    })
    .transform(({ userHandle, ...said }) => ({ ...said, ...(userHandle ? { userHandle } : {}) })),
})
export type Assertion = z.output<typeof assertion>

const clientData = z.object({
  challenge: base64url,
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
})

/** What the browser says it was asked, and where; undefined: unreadable. */
export function clientDataOf(answer: {
  readonly response: { readonly clientDataJSON: string }
}): z.output<typeof clientData> | undefined {
  try {
    return clientData.parse(JSON.parse(Buffer.from(answer.response.clientDataJSON, 'base64url').toString('utf8')))
  } catch {
    return undefined
  }
}
