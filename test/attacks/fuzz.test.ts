import { test } from 'node:test'
import { fuzzDoors } from '../fuzz/doors.ts'
import { fuzzPasskeys } from '../fuzz/passkeys.ts'
import { fuzzSaml } from '../fuzz/saml.ts'
import { fuzzTexts } from '../fuzz/texts.ts'

// Somebody sends whatever comes to hand: to every form, every body, every cookie, header, redirect target and file, hoping that one of
// them meets code that nobody thought of. The seed is fixed, so that what fails here fails again; `npm run fuzz` takes fresh ones.

const SEED = 20261102

test(`no request to any door is answered with 5xx, and nothing goes wrong inside (seed ${SEED})`, async () => {
  await fuzzDoors({ seed: SEED, rounds: 12 })
})

test(`redirect targets, cookies and tables break no reader and get past none (seed ${SEED})`, () => {
  fuzzTexts({ seed: SEED, rounds: 2_000 })
})

test(`changed answers of a passkey are never taken for what was signed (seed ${SEED})`, async () => {
  await fuzzPasskeys({ seed: SEED, rounds: 1_000 })
})

test(`changed answers of an identity provider name nobody whom it did not sign (seed ${SEED})`, async () => {
  await fuzzSaml({ seed: SEED, rounds: 500 })
})
