import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openApi } from './openapi.ts'
import { OLD_NAMES } from '#policy/old-names.ts'
import { isSettingKey } from '#policy/settings.ts'

test('[S0.4] [S1.15] [S2.3] [S3.2] [S4.5] every setting with a name elsewhere has it in the description of the API', () => {
  const { components } = openApi({ address: 'https://login.example.com/acme', name: 'acme' }) as unknown as {
    readonly components: { readonly schemas: Record<string, { properties: Record<string, { description?: string }> }> }
  }
  for (const shape of ['SettingsBody', 'SettingsChange'])
    for (const { name, place, means } of OLD_NAMES)
      for (const key of means.filter(isSettingKey)) {
        const { description = '' } = components.schemas[shape]?.properties[key] ?? {}
        assert.ok(description.includes(`“${name}” (${place})`), `${shape} ${key}: ${name}`)
      }
})
