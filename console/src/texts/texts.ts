import type { en } from './en/catalogue.ts'

/** The same keys in every language; a sentence with something in it is a function of the same things. */
type Said<T> = T extends (...given: infer Given) => string
  ? (...given: Given) => string
  : T extends string
    ? string
    : { readonly [K in keyof T]: Said<T[K]> }

export type Texts = Said<typeof en>
