import { mock } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { CERTIFICATE } from '../certificate.ts'
import { goodAnswer, type Said } from '../protocol/saml-signer.ts'
import { addProvider } from '../protocol/saml-world.ts'
import { MONDAY } from '../world.ts'
import { chronicle } from './chronicle.ts'

const MFA = 'https://refeds.org/profile/mfa'

chronicle('identity providers', { preset: 'erp', origin: 'https://id.test', races: false }, async (story) => {
  mock.timers.enable({ apis: ['Date'], now: MONDAY })
  try {
    const { about, api, types, set } = story
    about('They are entered')
    const config = {
      entity_id: 'https://idp.example/',
      sso_url: 'https://idp.example/sso',
      certificates: [CERTIFICATE],
    }
    await api('POST /identity-providers', { name: 'partner', config })
    await api('POST /identity-providers', { name: 'partner', config })
    await api('POST /identity-providers', { name: 'Part ner', config })
    await api('POST /identity-providers', {
      name: 'other',
      title: 'Other',
      second_factor: 'trust_amr',
      enabled: false,
      config: {
        ...config,
        entity_id: 'https://other.example/',
        username_attribute: 'uid',
        multi_factor_contexts: [MFA],
      },
    })
    await api('POST /identity-providers', { name: 'third', config })
    await api('POST /identity-providers', {
      name: 'third',
      config: { ...config, entity_id: '', sso_url: 'http://idp.example/', certificates: ['no certificate'] },
    })
    await api('POST /identity-providers', { name: 'third', config: { ...config, certificates: [] } })
    await api('POST /identity-providers', {
      name: 'many',
      config: { ...config, entity_id: 'https://many.example/', certificates: Array(5).fill(CERTIFICATE) },
    })
    await api('POST /identity-providers', {
      name: 'too-many',
      config: { ...config, entity_id: 'https://more.example/', certificates: Array(6).fill(CERTIFICATE) },
    })
    for (const sso_url of ['https://user@idp.example/', 'https://idp.example/#part', 'nowhere'])
      await api('PATCH /identity-providers/many', { config: { sso_url } })
    await api('PATCH /identity-providers/many', { config: { certificates: [CERTIFICATE] } })
    await api('DELETE /identity-providers/many')
    await api('GET /identity-providers?limit=1')
    await api('PATCH /identity-providers/other', { enabled: true, second_factor: 'require', title: 'The other' })
    await api('PATCH /identity-providers/other', {
      config: { username_attribute: null, sso_url: 'https://other.example/in' },
    })
    await api('PATCH /identity-providers/other', { config: { entity_id: 'https://idp.example/' } })
    await api('PATCH /identity-providers/nobody', { enabled: true })
    await types('identity-providers list --site acme')
    await types('identity-providers set other --second-factor trust_amr --username-attribute none --site acme')
    await types('identity-providers set new --site acme')
    await types('identity-providers delete other --site acme')
    await types('identity-providers delete other --site acme')
    await api('DELETE /identity-providers/partner')
    await api('DELETE /identity-providers/partner')

    about('Somebody comes from there')
    await addProvider(story, 'corp', { secondFactor: 'trust_amr' })
    const base = 'https://id.test/acme/saml/corp'
    const comes = async (more: Partial<Said>, next = ''): Promise<void> => {
      const browser = story.browser()
      const to = new URL((await browser.go(`GET /saml/corp/login${next}`)) ?? 'https://id.test/acme')
      const xml = inflateRawSync(Buffer.from(to.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
      const request = / ID="([^"]+)"/.exec(xml)?.[1] ?? 'none'
      const said = { request, acs: `${base}/acs`, audience: `${base}/metadata`, now: story.clock.now(), ...more }
      const answer = { SAMLResponse: Buffer.from(goodAnswer(said)).toString('base64') }
      await browser.go('POST /saml/corp/acs', answer)
      await browser.follow()
      await browser.go('POST /saml/corp/acs', answer)
    }
    await comes({})
    await comes({ context: MFA }, '?next=/acme/account')
    await comes({ nameId: 'nobody' })
    await comes({ nameId: 'root', context: MFA })
    await comes({ audience: 'https://else.where/' })
    await comes({ status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' })
    await set({ 'identity_provider.default_second_factor': 'require' })
    await api('PATCH /identity-providers/corp', { second_factor: 'require' })
    await comes({ nameId: 'sam' })
    await api('PATCH /identity-providers/corp', { second_factor: 'skip' })
    await comes({ nameId: 'op' })
    await api('PATCH /users/op', { status: 'disabled' })
    await comes({ nameId: 'op' })
    await api('PATCH /identity-providers/corp', { enabled: false })
    await comes({ nameId: 'kim' })
    await api('GET /users/kim/sessions')
    await api('GET /session', undefined, { token: 'st_nothing' })
  } finally {
    mock.timers.reset()
  }
})
