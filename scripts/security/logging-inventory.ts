import { EVENTS, type EventName } from '#audit/event.ts'

/** What belongs together, by the first word of its name, and what a reader looks for there. */
const GROUPS: Readonly<Record<string, string>> = {
  auth: 'Signing in: passwords, codes, passkeys, identity providers',
  session: 'Sessions',
  sessions: 'Sessions',
  device: 'Remembered browsers',
  factor: 'Authenticators',
  recovery: 'Authenticators',
  hardware: 'Authenticators',
  breakglass: 'Help from outside',
  helpdesk: 'Help from outside',
  external: 'Signing in: passwords, codes, passkeys, identity providers',
  identity_provider: 'Administration',
  degraded: 'Signing in: passwords, codes, passkeys, identity providers',
  delivery: 'Messages and their channels',
  config: 'Messages and their channels',
  policy: 'Administration',
  bypass: 'Administration',
  user: 'Administration',
  role: 'Administration',
  application: 'Administration',
  site: 'Administration',
  authz: 'Refusals',
  apikey: 'Keys and tokens of programs',
  openid: 'Keys and tokens of programs',
  key: 'Keys and tokens of programs',
  audit: 'The audit log itself',
}

const HEAD = `# Logging inventory

Made from the closed list of events in \`src/audit/event.ts\` by \`npm run logging-inventory\`; a test keeps it fresh.

| log | what is in it | where it goes | who reads it | how long |
|---|---|---|---|---|
| audit log | the events below: who, about whom, when (UTC), from where, by what factor, and the decision of the policy | the database, chained and sealed; receivers by syslog, CEF, webhook or file ([audit.md](../audit.md)) | the right \`audit:read\`; the operator by \`countersign audit\` | \`audit.retention_days\`, whole segments |
| log of the process | start, stop, errors; with \`COUNTERSIGN_LOG_LEVEL=requests\` a line for each request: door, site, status, time | standard error, JSON lines | the operator | as the operator keeps it |
| figures | counts by door and event | \`/metrics\`, for the networks of \`COUNTERSIGN_METRICS_FROM\` | monitoring | as monitoring keeps it |

No code, password, secret, token or link is in any of them (\`test/attacks/canaries.test.ts\`, \`test/attacks/leaks.test.ts\`), and in the log of the process and the
figures no name, address or query either. Names, addresses and browsers in the audit log lie beside the chain and can be erased without breaking it. Times come from
the clock of the server; entries are in the order of their numbers.
`

/** The page of everything that is written down, in Markdown. */
export function loggingInventory(): string {
  const names = Object.keys(EVENTS) as EventName[]
  const groups = Map.groupBy(names, (name) => GROUPS[name.slice(0, name.indexOf('.'))] ?? 'Others')
  const tables = [...groups].map(([group, each]) =>
    [
      `## ${group}`,
      '',
      '| event | is written when |',
      '|---|---|',
      ...each.map((name) => `| \`${name}\` | ${EVENTS[name]} |`),
      '',
    ].join('\n'),
  )
  return [HEAD, ...tables].join('\n')
}
