import assert from 'node:assert/strict'
import type { SiteWording } from '#domain/wording.ts'
import type { Change } from '#ports/changes.ts'
import type { WordingChange } from '#ports/wordings.ts'
import type { Store } from '#ports/store.ts'
import { ACME } from './store-things.ts'

// The part of the catalogue that is about a site's own words.

function wordingOf(more: Partial<SiteWording> = {}): SiteWording {
  return { site: ACME.id, message: 'code', language: 'de', subject: '{code}', text: null, sms: 'Code {code}', ...more }
}

const spare = wordingOf({ message: 'reset_link', language: 'en', subject: null, text: 'For {person}', sms: null })

export const WORDING_FURNITURE: readonly Change[] = [
  { kind: 'set-wording', wording: wordingOf() },
  { kind: 'set-wording', wording: spare },
]

type Catalogue = { readonly [K in WordingChange['kind']]: Extract<WordingChange, { kind: K }> }

export const WORDING_GOOD: Catalogue = {
  'set-wording': { kind: 'set-wording', wording: wordingOf({ subject: null, text: 'Another {code}', sms: null }) },
  'remove-wording': { kind: 'remove-wording', wording: spare },
}

export const WORDING_REPEATABLE: readonly Change['kind'][] = ['set-wording']

export const WORDING_STALE: readonly Change[] = [
  { kind: 'remove-wording', wording: wordingOf({ language: 'fr' }) },
  { kind: 'remove-wording', wording: wordingOf({ message: 'enrolment_link' }) },
]

type ReadBack = { readonly [K in WordingChange['kind']]: (store: Store, change: Catalogue[K]) => Promise<void> }

const found = async (store: Store, { message, language }: Pick<SiteWording, 'message' | 'language'>) =>
  (await store.wordings(ACME.id)).find((each) => each.message === message && each.language === language)

export const WORDING_READ_BACK: ReadBack = {
  'set-wording': async (store, { wording }) => assert.deepEqual(await found(store, wording), wording),
  'remove-wording': async (store, { wording }) => assert.equal(await found(store, wording), undefined),
}
