import { z } from 'zod'
import { ALIASES } from './aliases.ts'
import { ATTRIBUTES } from './attributes.ts'
import { PRESET_NAMES, PRESETS, type PresetName, presetSettings } from './presets.ts'
import { DEFAULTS, SETTING_KEYS, SETTINGS, type SettingKey } from './settings.ts'

type Schema = z.core.JSONSchema.BaseSchema
type GroupOf<Key> = Key extends `${infer Group}.${string}` ? Group : never

/** What the settings of each first word are about; words about the same thing share a heading. */
const HEADINGS: Readonly<Record<GroupOf<SettingKey>, string>> = {
  two_factor: 'Who is asked',
  challenge: 'How often',
  methods: 'Methods',
  delivery: 'Bringing codes',
  code: 'Codes and authenticator apps',
  totp: 'Codes and authenticator apps',
  otp: 'Codes and authenticator apps',
  enrolment: 'Enrolment',
  contact: 'Help',
  lock: 'Failed codes',
  session: 'Sessions',
  network: 'Networks',
  api: 'Programs',
  identity_provider: 'Identity providers',
  audit: 'Audit log',
  recovery: 'Help',
  site: 'Words',
}

/** The settings of a site, or a change of some of them, as a JSON schema. */
export function settingsJsonSchema(): Schema {
  const properties = SETTING_KEYS.map((key) => {
    const { default: initial, says: description } = SETTINGS[key]
    return [key, { description, ...schemaOf(key), default: initial }] as const
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of a Countersign site',
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  }
}

/** The same as the text of `docs/settings.schema.json`: a list of words or numbers is one line. */
export function settingsSchemaText(): string {
  const text = JSON.stringify(settingsJsonSchema(), null, 2)
  const onOneLine = (_: string, words: string) => `[${words.replaceAll(/\n\s+/g, ' ')}]`
  return `${text.replaceAll(/\[\n\s+([^[\]{}]*?)\n\s+\]/g, onOneLine)}\n`
}

/** The manual of all settings in Markdown; `docs/settings.md` is this text. */
export function settingsManual(): string {
  return [
    '# Settings',
    'Made by `node bin/run.mjs scripts/manual.ts` from the registry in `src/policy/settings.ts`; changes belong there.',
    'Every setting is kept per site. Where another level is named beside the site, it can be given there too: the smallest' +
      ' interval of all levels holds, and a role narrows the methods, adds trusted networks and has its own days of grace.',
    'A value out of range is refused and never bent into it. A site with a stored value that this version cannot read is' +
      ' treated as strictly as possible until an administrator has put it right: a new value or null replaces it.',
    ...settingGroups().flatMap(([title, keys]) => [`## ${title}`, settingsTable(keys)]),
    '## Roles, users, applications, identity providers',
    attributesTable(),
    '## Presets',
    'A preset is a starting point: it sets what is listed here, once, and every setting stays editable. What a preset leaves' +
      ' alone keeps its default. **Bold** is what differs from the default.',
    ...PRESET_NAMES.map((name) => `- \`${name}\`: ${PRESETS[name].says}`),
    presetsTable(),
    '## Names from Frappe and ERPNext',
    'The command line takes these names too.',
    table(
      ['there', 'here'],
      Object.entries(ALIASES).map(([name, { key }]) => [code(name), code(key)]),
    ),
  ]
    .join('\n\n')
    .replaceAll(/(^- .*)\n(?=\n- )/gm, '$1')
    .concat('\n')
}

/** The settings under their headings, in the order of the manual. */
export function settingGroups(): readonly (readonly [string, readonly SettingKey[]])[] {
  const headings = [...new Set(Object.values(HEADINGS))]
  const headingOf = (key: SettingKey) => HEADINGS[key.split('.')[0] as GroupOf<SettingKey>]
  return headings.map((heading) => [heading, SETTING_KEYS.filter((key) => headingOf(key) === heading)])
}

function settingsTable(keys: readonly SettingKey[]): string {
  const rows = keys.map((key) => {
    const { levels, says, default: initial } = SETTINGS[key]
    return [code(key), says, valuesOf(schemaOf(key)), show(initial), levels.join(', ')]
  })
  return table(['setting', 'meaning', 'values', 'default', 'levels'], rows)
}

function attributesTable(): string {
  const rows = ATTRIBUTES.map((each) => [code(each.key), each.says, each.values, each.default])
  return table(['name', 'meaning', 'values', 'default'], rows)
}

function presetsTable(): string {
  const touched = SETTING_KEYS.filter((key) => PRESET_NAMES.some((name) => key in PRESETS[name].settings))
  const rows = touched.map((key) => [code(key), ...PRESET_NAMES.map((name) => presetCell(name, key))])
  const perPreset = (title: string, cell: (name: PresetName) => string) => [title, ...PRESET_NAMES.map(cell)]
  return table(
    ['setting', ...PRESET_NAMES.map(code)],
    [
      ...rows,
      perPreset('applications, and whether new users get a second factor there', (name) =>
        Object.entries(PRESETS[name].applications)
          .map(([application, on]) => `${application}: ${on ? 'on' : 'off'}`)
          .join(', '),
      ),
    ],
  )
}

function presetCell(name: PresetName, key: SettingKey): string {
  const value = show(presetSettings(name)[key])
  return value === show(DEFAULTS[key]) ? value : `**${value}**`
}

/** One setting as a JSON schema. */
export function schemaOf(key: SettingKey): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(SETTINGS[key].schema, { io: 'input' })
  return schema
}

/** A schema as a person reads it. */
export function valuesOf(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(valuesOf).join(' or ')
  if (schema.const !== undefined) return show(schema.const)
  if (schema.enum) return schema.enum.map(show).join(', ')
  switch (schema.type) {
    case 'boolean':
      return '`true`, `false`'
    case 'integer':
      return `${schema.minimum}–${schema.maximum}`
    case 'array':
      return schema.maxItems === undefined
        ? `list of ${valuesOf(schema.items as Schema)}`
        : `list of at most ${schema.maxItems} ${valuesOf(schema.items as Schema)}s`
    default:
      return schema.title ?? `text of at most ${schema.maxLength} characters`
  }
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.map(show).join(', ')
  return value === '' ? '–' : code(typeof value === 'string' ? value : JSON.stringify(value))
}

function code(text: string): string {
  return `\`${text}\``
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
