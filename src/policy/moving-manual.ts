import { OLD_NAMES, OLD_SYSTEMS, type OldName, type OldSystem } from './old-names.ts'
import type { PresetName } from './presets.ts'

interface Move {
  readonly preset: PresetName
  /** What stays as people know it, and what is different here. */
  readonly says: string
  /** What comes between the preset and the switch, as words after `countersign --site acme`. */
  readonly commands: readonly string[]
}

const SWITCH = ['preview enable_two_factor_auth true', 'set-config enable_two_factor_auth true']

const MOVES: Readonly<Record<Exclude<OldSystem, 'frappe'>, Move>> = {
  next_plus: {
    preset: 'manufacturing',
    says: 'Everybody is asked for one code by email, every 168 hours on a browser, as before. An exemption has a reason and an end here, is written down, and is listed in one report: give each person on the shop floor an account, and a terminal none.',
    commands: [
      'users import users.csv --dry-run',
      'users import users.csv',
      'users bypass op --reason shared_workstation --until 2027-03-31',
    ],
  },
  schedule_it: {
    preset: 'scheduling',
    says: 'Each user has the switches for SMS and email, and is asked at every sign-in. When an SMS cannot be sent, the code goes by email, to the same person only. "Clear all login sessions" keeps remembered browsers unless told otherwise.',
    commands: [
      'users import users.csv',
      'channels set sms --file sms.json',
      'delivery test sms +4915550000001',
      'users set kim --two-factor-sms',
    ],
  },
  erpnext: {
    preset: 'erp',
    says: 'Switching on flags the role All once, and never again at a later save; website users are not asked. The authenticator apps that people have go on working: move the site with its dump first, as [Moving in](moving-in.md) says.',
    commands: [
      'import frappe site.sql.gz --encryption-key-file site_config.json --dry-run',
      'import frappe site.sql.gz --encryption-key-file site_config.json',
      'roles set "Accounts Manager" --two-factor-auth on',
    ],
  },
  mapon: {
    preset: 'fleet',
    says: 'The switches for web and manager are those of two applications here, for each user and as the default for new ones. SMS comes first and email is offered after a failed code; "email only" is a setting of its own. The persons to call are shown after three failed attempts, as before.',
    commands: ['users import users.csv', 'applications list', 'get-config contact.persons'],
  },
  ivendnext: {
    preset: 'retail',
    says: 'With an app the code is asked at once; with SMS or email it is sent when the right password is typed the second time. Who is asked follows from the role, and the issuer name is what the app shows.',
    commands: [
      'roles add Cashier --two-factor-auth on',
      'users import users.csv',
      'import csv apps.csv --dry-run',
      'import csv apps.csv',
    ],
  },
}

/** A page with the move from each of the systems whose rules the presets carry: steps, and every name that people look for. */
export function movingManual(): string {
  const sections = Object.entries(MOVES).map(([system, move]) => section(system as keyof typeof MOVES, move))
  return [
    '# Moving from each of five systems',
    '',
    'Made from the names by which settings are found (`countersign settings search WORD`). Each part has the steps of one system, and under which name each of its settings is here.',
    'What comes along of users, passwords and authenticator apps: [Moving in](moving-in.md). Mail first: without a channel no code leaves ([Messages](delivery.md)).',
    '',
    ...sections,
  ].join('\n')
}

function section(system: keyof typeof MOVES, { preset, says, commands }: Move): string {
  const steps = [`preset ${preset} --dry-run`, `preset ${preset}`, ...commands, ...SWITCH]
  const names = OLD_NAMES.filter((each) => each.system === system)
  return [
    `## From ${OLD_SYSTEMS[system]}`,
    '',
    says,
    '',
    '```',
    ...steps.map((each) => `countersign --site acme ${each}`),
    '```',
    '',
    '| there | where | here |',
    '|---|---|---|',
    ...names.map((each) => `| ${each.name} | ${each.place} | ${here(each)} |`),
    '',
  ].join('\n')
}

function here({ means, command }: OldName): string {
  return [...means.map((key) => `\`${key}\``), ...(command === undefined ? [] : [`the command \`${command}\``])].join(
    ', ',
  )
}
