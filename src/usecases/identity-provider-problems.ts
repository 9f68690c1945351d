import { X509Certificate } from 'node:crypto'
import type { IdentityProvider } from '#domain/identity-provider.ts'
import type { FieldProblem } from './user-input.ts'

const MOST_CERTIFICATES = 5

/** What is wrong with an identity provider as it would be saved; each with the place it stands at. */
export function identityProviderProblems(
  provider: Omit<IdentityProvider, 'site' | 'version'>,
): readonly FieldProblem[] {
  const { config } = provider
  const problems: FieldProblem[] = []
  const wrong = (field: string, problem: string): void => void problems.push({ field, problem })
  if (config.entityId.trim() === '') wrong('config/entity_id', 'is missing')
  if (!isWebAddress(config.ssoUrl)) wrong('config/sso_url', 'is no address that begins with https://')
  const { length } = config.certificates
  if (length === 0 || length > MOST_CERTIFICATES)
    wrong('config/certificates', `are 1 to ${MOST_CERTIFICATES}: without one nothing it says could be believed`)
  for (const [place, pem] of config.certificates.entries())
    if (!isCertificate(pem)) wrong(`config/certificates/${place}`, 'is no X.509 certificate in PEM')
  if (provider.secondFactor === 'trust_amr' && config.multiFactorContexts.length === 0)
    wrong('config/multi_factor_contexts', 'names no class, so that trust_amr would trust nothing')
  return problems
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === ''
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
