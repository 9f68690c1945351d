import { acr, type Evidence } from '#domain/evidence.ts'
import type { Method } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import { usableMethods } from '#policy/methods.ts'
import type { SessionFile } from '#ports/store.ts'
import { factsOf } from './facts.ts'

/** What a passed challenge by this method leaves behind; undefined: it raises no level. */
function evidenceOf(method: Method, at: Instant): Evidence | undefined {
  switch (method) {
    case 'app':
    case 'hardware':
      return { kind: method, at }
    case 'passkey':
      // What its device will prove is not known before: it is counted as the least a passkey can be.
      return { kind: 'passkey', userVerified: false, deviceBound: false, at }
    case 'email':
    case 'sms':
      return { kind: 'code', over: [method], at }
    case 'recovery':
      return undefined
  }
}

/** The methods by which the holder of this session could reach a level now, whether the policy asks them for one or not. */
export function methodsForLevel(file: SessionFile, level: 'aal2', now: Instant): readonly Method[] {
  const { session } = file
  const application = { name: session.application, intervalHours: null }
  const facts = factsOf(file, { now, via: { kind: 'form' }, application, address: null, earlier: null })
  return usableMethods(facts).filter((method) => {
    const proof = evidenceOf(method, now)
    return proof !== undefined && acr([...session.evidence, proof]) === level
  })
}
