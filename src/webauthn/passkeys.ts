import type { Passkeys, Refusal } from '#ports/passkeys.ts'
import { type Assertion, assertion, clientDataOf, registration } from './answers.ts'

/** ES256, EdDSA and RS256: what we offer when a passkey is made is what we accept. */
export const ALGORITHMS = [-7, -8, -257]
/** WebAuthn Level 3, 7.1 step 25. */
const LONGEST_CREDENTIAL_ID = 1_023

/** The library of both ceremonies, which is loaded with the first of them. */
export const loadPasskeys = () => import('@simplewebauthn/server')

/**
 * Both ceremonies by `@simplewebauthn/server`, and the checks of ours that it leaves to others: no answer out of a foreign frame, a
 * credential id that is no longer than allowed and the one that was signed, and a key that can be copied only if it always could.
 */
export function openPasskeys(): Passkeys {
  return {
    read(answer) {
      const parsed = assertion.safeParse(answer)
      const made = parsed.success ? parsed.data : registration.safeParse(answer).data
      const said = made && clientDataOf(made)
      if (!made || !said) return null
      return { credential: made.id, challenge: said.challenge, userHandle: userHandleOf(made) }
    },

    register: async (answer, { relyingParty, challenge, userVerification }) => {
      const { verifyRegistrationResponse } = await loadPasskeys()
      return refusing(async () => {
        const response = registration.parse(answer)
        refuseFrames(clientDataOf(response))
        const made = await verifyRegistrationResponse({
          response,
          expectedChallenge: challenge,
          expectedOrigin: relyingParty.origin,
          expectedRPID: relyingParty.id,
          requireUserVerification: userVerification,
          supportedAlgorithmIDs: ALGORITHMS,
        })
        if (!made.verified) throw new Error('the attestation does not hold')
        const { credential, credentialDeviceType, credentialBackedUp, userVerified } = made.registrationInfo
        if (credential.id !== response.id) throw new Error('the credential id is not the one that was signed')
        if (Buffer.from(credential.id, 'base64url').length > LONGEST_CREDENTIAL_ID)
          throw new Error('the credential id is too long')
        return {
          kind: 'registered',
          credential: credential.id,
          publicKey: Buffer.from(credential.publicKey).toString('base64url'),
          counter: credential.counter,
          transports: response.response.transports,
          backupEligible: credentialDeviceType === 'multiDevice',
          backedUp: credentialBackedUp,
          userVerified,
        }
      })
    },

    assert: async (answer, { relyingParty, challenge, userVerification, passkey }) => {
      const { verifyAuthenticationResponse } = await loadPasskeys()
      return refusing(async () => {
        const response = assertion.parse(answer)
        refuseFrames(clientDataOf(response))
        if (response.id !== passkey.credential) throw new Error('the answer is of another passkey')
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response,
          expectedChallenge: challenge,
          expectedOrigin: relyingParty.origin,
          expectedRPID: relyingParty.id,
          requireUserVerification: userVerification,
          // The counter is judged by the caller, who also writes it down: here it would throw before the signature was looked at.
          credential: { id: passkey.credential, publicKey: keyOf(passkey.publicKey), counter: 0 },
        })
        if (!verified) throw new Error('the signature does not hold')
        const { newCounter, userVerified, credentialDeviceType, credentialBackedUp } = authenticationInfo
        if ((credentialDeviceType === 'multiDevice') !== passkey.backupEligible)
          throw new Error('whether it can be copied has changed')
        return { kind: 'asserted', counter: newCounter, userVerified, backedUp: credentialBackedUp }
      })
    },
  }
}

/** Whatever does not hold, the answer is no, with the reason for the audit log. */
async function refusing<T>(check: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await check()
  } catch (error) {
    return { kind: 'refused', why: error instanceof Error ? error.message.slice(0, 200) : 'unreadable' }
  }
}

/** Our pages are in nobody's frame, so no answer of ours comes out of one. */
function refuseFrames(said: ReturnType<typeof clientDataOf>): void {
  if (!said) throw new Error('the client data cannot be read')
  if (said.crossOrigin === true || said.topOrigin !== undefined)
    throw new Error('the answer comes out of a foreign frame')
}

function userHandleOf(made: { readonly response: object }): string | null {
  const { userHandle } = made.response as Partial<Assertion['response']>
  return userHandle ?? null
}

function keyOf(base64url: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64url, 'base64url'))
}
