import { z } from 'zod'
import { IDENTITY_PROVIDER_KINDS, VOUCHED_SECOND_FACTORS } from '#domain/identity-provider.ts'

// What is taken and answered about identity providers. Nothing in it is secret.

const words = z.string().min(1).max(2000)

const config = {
  entity_id: words.meta({ description: 'Its own name for itself.', examples: ['https://idp.example/metadata'] }),
  sso_url: words.meta({ description: 'Where a browser is sent to sign in.', examples: ['https://idp.example/sso'] }),
  certificates: z.array(z.string().max(20_000)).meta({
    description: 'What its signature is checked with, in PEM; while it changes its key, the old and the new one.',
  }),
  username_attribute: z
    .string()
    .min(1)
    .max(500)
    .nullable()
    .meta({ description: 'The attribute with the user name; null: the NameID.' }),
  multi_factor_contexts: z
    .array(words)
    .max(20)
    .meta({ description: 'Authentication context classes that say that a second factor was asked for.' }),
}
const fields = {
  title: z.string().min(1).max(140),
  enabled: z.boolean(),
  second_factor: z.enum(VOUCHED_SECOND_FACTORS).meta({
    description: 'What its sign-ins are spared. Left out: what identity_provider.default_second_factor says.',
  }),
}
export const IdentityProviderBody = z.object({
  name: z.string(),
  kind: z.enum(IDENTITY_PROVIDER_KINDS),
  ...fields,
  config: z.object(config),
})
export const IdentityProviderPage = z.object({
  items: z.array(IdentityProviderBody),
  next_cursor: z.string().nullable(),
})
export const IdentityProviderChange = z.strictObject({ ...fields, config: z.strictObject(config).partial() }).partial()
export const NewIdentityProvider = z.strictObject({
  ...z.strictObject(fields).partial().shape,
  name: z.string(),
  config: z.strictObject(config).partial({ username_attribute: true, multi_factor_contexts: true }),
})

/** By the names that the documentation has for them. */
export const IDENTITY_PROVIDER_SHAPES = {
  IdentityProvider: IdentityProviderBody,
  IdentityProviderPage,
  IdentityProviderChange,
  NewIdentityProvider,
} as const
