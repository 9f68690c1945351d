import { z } from 'zod'
import { LANGUAGES } from '#domain/language.ts'
import { WORDED_MESSAGES, WORDS } from '#domain/wording.ts'

// What is taken and answered about a site's own words. What is wrong with words is said by the use case.

const template = z.string().max(4_000).nullable()
const fields = {
  subject: template.meta({ description: 'One line; null: ours.', examples: ['{code} is your code for {site}'] }),
  text: template.meta({ description: 'What the mail says; an empty line parts paragraphs. null: ours.' }),
  sms: template.meta({ description: 'One line of one part with the line that follows by itself; null: ours.' }),
}
const words = z.array(z.string()).meta({ description: 'What can be filled in, in braces.' })

export const WordingBody = z.object({ message: z.enum(WORDED_MESSAGES), language: z.enum(LANGUAGES), ...fields })
export const WordingList = z.object({
  items: z.array(WordingBody),
  next_cursor: z.null(),
  words: z.object({
    code: z.object({ mail: words, sms: words }),
    enrolment_link: z.object({ mail: words, sms: words }),
    reset_link: z.object({ mail: words, sms: words }),
  } satisfies Record<keyof typeof WORDS, z.ZodType>),
})
export const WordingChange = z.strictObject(fields).partial()
export const MessagePreview = z.object({
  email: z.object({ subject: z.string(), text: z.string(), html: z.string() }),
  sms: z
    .object({
      text: z.string(),
      alphabet: z.enum(['gsm7', 'ucs2']),
      units: z.int().meta({ description: 'Places taken: septets of the seven-bit alphabet, or 16-bit units.' }),
      parts: z.int(),
    })
    .nullable()
    .meta({ description: 'null: the message goes by email only.' }),
})

/** By the names that the documentation has for them. */
export const WORDING_SHAPES = { Wording: WordingBody, WordingList, WordingChange, MessagePreview } as const
