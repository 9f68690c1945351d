import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { rfc3339, seconds } from '#domain/time.ts'

// An identity provider of the tests' own: it signs whatever it is told to, so that bent answers can be made that a real one never would.

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
export const IDP_KEY: string = publicKey
export const ENTITY = 'https://idp.test/metadata'

const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const TRANSFORMS = ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#']

export interface Said {
  readonly request: string
  readonly acs: string
  readonly audience: string
  readonly now: number
  readonly nameId?: string
  readonly issuer?: string
  readonly recipient?: string
  readonly subjectRequest?: string
  readonly responseRequest?: string
  readonly notOnOrAfter?: number
  readonly notBefore?: number
  readonly context?: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly confirmation?: string
  readonly conditions?: string
  readonly status?: string
}

export function assertionXml(said: Said, id = `_${randomUUID()}`): string {
  const until = rfc3339(said.notOnOrAfter ?? said.now + seconds(120))
  const from = rfc3339(said.notBefore ?? said.now - seconds(5))
  const confirmation =
    said.confirmation ??
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="${said.subjectRequest ?? said.request}" NotOnOrAfter="${until}" Recipient="${said.recipient ?? said.acs}"/></saml:SubjectConfirmation>`
  const conditions =
    said.conditions ??
    `<saml:Conditions NotBefore="${from}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${said.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`
  const attributes = Object.entries(said.attributes ?? {}).map(
    ([name, value]) =>
      `<saml:Attribute Name="${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`,
  )
  return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${rfc3339(said.now)}"><saml:Issuer>${said.issuer ?? ENTITY}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">${said.nameId ?? 'kim'}</saml:NameID>${confirmation}</saml:Subject>${conditions}<saml:AuthnStatement AuthnInstant="${rfc3339(said.now)}" SessionIndex="_s"><saml:AuthnContext><saml:AuthnContextClassRef>${said.context ?? 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>${attributes.length > 0 ? `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>` : ''}</saml:Assertion>`
}

export function responseXml(said: Said, assertion: string, id = `_${randomUUID()}`): string {
  const status = said.status ?? 'urn:oasis:names:tc:SAML:2.0:status:Success'
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${rfc3339(said.now)}" Destination="${said.acs}" InResponseTo="${said.responseRequest ?? said.request}"><saml:Issuer>${said.issuer ?? ENTITY}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${status}"/></samlp:Status>${assertion}</samlp:Response>`
}

/** Signs the element of this name, with the signature where SAML wants it: after the issuer. */
export function signed(xml: string, element: 'Assertion' | 'Response', key: string = privateKey): string {
  const signer = new SignedXml({
    privateKey: key,
    signatureAlgorithm: RSA_SHA256,
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  })
  const place = `//*[local-name(.)='${element}']`
  signer.addReference({ xpath: place, digestAlgorithm: SHA256, transforms: TRANSFORMS })
  signer.computeSignature(xml, { location: { reference: `${place}/*[local-name(.)='Issuer']`, action: 'after' } })
  return signer.getSignedXml()
}

/** An answer as it should be: the assertion signed, and the response around it. */
export function goodAnswer(said: Said): string {
  return signed(responseXml(said, signed(assertionXml(said), 'Assertion')), 'Response')
}

export function strangersKey(): string {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey
}
