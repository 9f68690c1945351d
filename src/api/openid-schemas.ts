import { z } from 'zod'
import { moment } from './schemas.ts'

// What is taken and answered about applications that sign in by OpenID Connect.

const addresses = z.array(z.string()).max(50)

const clientFields = {
  redirect_uris: addresses.meta({
    description: 'Where people are led back to, compared to the letter.',
    examples: [['https://app.example/callback']],
  }),
  post_logout_redirect_uris: addresses.meta({ description: 'Where they may be led to after signing out.' }),
  public: z.boolean().meta({ description: 'It cannot keep a secret and has none; PKCE alone proves who it is.' }),
}

export const OpenIdClientBody = z.object({ client_id: z.string(), ...clientFields })
export const OpenIdClientMade = OpenIdClientBody.extend({
  client_secret: z.string().optional().meta({ description: 'The secret, shown this once.' }),
})
export const OpenIdClientPage = z.object({ items: z.array(OpenIdClientBody), next_cursor: z.string().nullable() })
export const OpenIdClientSet = z
  .strictObject({
    ...clientFields,
    new_secret: z.boolean().meta({ description: 'Replaces the secret; the one before is worth nothing at once.' }),
  })
  .partial()
export const OpenIdKeyRotation = z
  .strictObject({
    compromised: z
      .boolean()
      .meta({ description: 'The keys are in other hands or lost: none of them is published any more.' }),
  })
  .partial()
export const OpenIdKeysRotated = z.object({ kids: z.array(z.string()), published_until: moment })

/** By the names that the documentation has for them. */
export const OPENID_SHAPES = {
  OpenIdClient: OpenIdClientBody,
  OpenIdClientMade,
  OpenIdClientPage,
  OpenIdClientSet,
  OpenIdKeyRotation,
  OpenIdKeysRotated,
} as const
