import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { days, hours, minutes, seconds } from '#domain/time.ts'
import { agreeOnEnvironment } from '#usecases/agree-on-environment.ts'
import { announceNode } from '#usecases/announce-node.ts'
import { dropKeptRequests } from '#usecases/drop-kept-requests.ts'
import { examineKeys } from '#usecases/examine-keys.ts'
import { examineSite } from '#usecases/examine-site.ts'
import { BACKUP_TAKEN_AT, markRestored } from '#usecases/mark-restored.ts'
import { purgeAudits } from '#usecases/purge-audits.ts'
import { remindOfBypasses } from '#usecases/remind-of-bypass.ts'
import { removeDueChannels } from '#usecases/remove-due-channels.ts'
import { rotateKeys } from '#usecases/rotate-keys.ts'
import { sealAudits } from '#usecases/seal-audits.ts'
import { shipAudit } from '#usecases/ship-audit.ts'
import type { ServingNode } from '#ports/sealed-values.ts'
import { seededRandom } from '../../src/system/random.ts'
import { ADMIN, KEY } from '../world.ts'
import { chronicle } from './chronicle.ts'

const NEW_KEY = seededRandom('the new key').bytes(32)

chronicle('time passes', { preset: 'manufacturing', keys: [NEW_KEY, KEY], races: false }, async (story) => {
  const { about, api, types, does, ports, clock, pump, set } = story
  const folder = mkdtempSync(join(tmpdir(), 'countersign-time-'))
  const before = process.cwd()
  process.chdir(folder)
  try {
    about('What a server does by itself')
    let self: ServingNode | null = null
    const announce = () =>
      does('a node says that it is here', () =>
        announceNode(ports, { id: 'node-1', name: 'one' }, self, (node) => (self = node)),
      )
    await announce()
    await announce()
    await does('nodes agree on their environment', () => agreeOnEnvironment(ports, 'one'))
    await does('nodes agree on their environment', () => agreeOnEnvironment(ports, 'another'))
    await does('the site is examined', () => examineSite(ports, 'acme'))
    await does('the keys are examined', () => examineKeys(ports))
    await api('POST /users', { username: 'ada' }, { headers: { 'idempotency-key': 'once' } })
    await api('PUT /users/kim/bypass', { reason: 'shared_workstation', expires_at: '2026-11-12T09:00:00Z' })
    await api('PUT /users/root/bypass', { reason: 'no_real_email', expires_at: '2026-11-04T09:00:00Z' })
    await types('users bypass op --reason no_real_email --until 2026-11-13 --site acme')
    await does('exemptions that end soon are told of', () => remindOfBypasses(ports))
    clock.pass(days(4))
    await does('exemptions that end soon are told of', () => remindOfBypasses(ports))
    await does('exemptions that end soon are told of', () => remindOfBypasses(ports))
    await pump()
    await api('PUT /delivery/channels/email', { kind: 'off' })
    await does('channels that were to go are taken away', () => removeDueChannels(ports))
    clock.pass(days(1))
    await does('channels that were to go are taken away', () => removeDueChannels(ports))
    await does('requests that were kept are dropped', () => dropKeptRequests(ports))
    await pump()
    await does('the site is examined', () => examineSite(ports, 'acme'))
    await types('channels unset email --at-once --site acme')

    about('The audit log is sent on')
    writeFileSync('stream', JSON.stringify({ path: join(folder, 'log') }))
    writeFileSync('wrong', '{}')
    await types('audit streams add archive --kind file --file stream --from-start --site acme')
    await types('audit streams add archive --kind file --file stream --site acme')
    await types('audit streams add other --kind file --file wrong --site acme')
    await does('what is new is sent', () => shipAudit(ports))
    clock.pass(minutes(1))
    await does('what is new is sent', () => shipAudit(ports))
    rmSync(join(folder, 'log'), { force: true })
    mkdirSync(join(folder, 'log'))
    await types('users switch kim --application web --two-factor-auth on --site acme')
    for (const wait of [5_000, 5_000, 60_000, 3_600_000]) {
      clock.pass(wait)
      await does('the receiver is in the way', () => shipAudit(ports))
    }
    await types('audit streams list --site acme')
    await does('the site is examined', () => examineSite(ports, 'acme'))
    rmSync(join(folder, 'log'), { recursive: true })
    clock.pass(3_600_000)
    await does('what has waited is sent', () => shipAudit(ports))
    await does('the file', async () => readFileSync(join(folder, 'log'), 'utf8').split('\n').length)
    await set({ 'audit.retention_days': 90 })
    clock.pass(minutes(10))
    await does('what is new is sent', () => shipAudit(ports))
    await types('audit streams list --site acme')
    await types('audit streams remove archive --site acme')
    await types('audit streams remove archive --site acme')

    about('It is sealed, purged and erased')
    await does('logs are sealed', () => sealAudits(ports))
    clock.pass(hours(2))
    await does('logs are sealed', () => sealAudits(ports))
    await types('audit seal --site acme')
    await types('audit rotate-key --site acme')
    await types('audit key --site acme')
    await types('audit verify --site acme')
    const { items } = await api('GET /audit?target=ada&limit=1')
    await api('DELETE /users/ada')
    await types(['audit', 'erase', items[0].subject?.id ?? items[0].target?.id, '--site', 'acme'])
    await types('audit erase usr_nothing --site acme')
    await types('audit list --subject ada --site acme')
    await types('audit streams add late --kind file --file stream --from-start --site acme')
    clock.pass(days(100))
    await does('what is old is purged', () => purgeAudits(ports))
    await does('a receiver comes after the purge', () => shipAudit(ports))
    await does('its file', async () =>
      readFileSync(join(folder, 'log'), 'utf8')
        .split('\n')
        .slice(-8)
        .map((line) => line.slice(0, 240)),
    )
    await types('audit streams list --site acme')
    await types('audit purge --before 2026-11-03 --site acme')
    await types('audit purge --before 2020-01-01 --site acme')
    await types('audit verify --site acme')
    for (const entry of [1, 25, 26, 30, 99]) await types(`audit prove ${entry} --site acme`)
    await types('audit export --format csv --site acme')
    await types('audit export --format bundle --site acme')
    await api('GET /audit/export?format=csv')
    await api('GET /audit/export?format=jsonl&action=policy.changed')

    about('Another key, and a backup')
    const pause = async (): Promise<void> => {
      clock.pass(seconds(5))
      await announceNode(ports, { id: 'node-1', name: 'one' }, self, (node) => (self = node))
    }
    await does('the keys are examined', () => examineKeys(ports))
    await does('keys are rotated', () => rotateKeys(ports, { ...ADMIN, progress: () => undefined, pause, batch: 3 }))
    await announce()
    await does('keys are rotated', () => rotateKeys(ports, { ...ADMIN, progress: () => undefined, pause, batch: 3 }))
    await does('the keys are examined', () => examineKeys(ports))
    await does('a backup is taken', () => ports.store.keep(BACKUP_TAKEN_AT, String(clock.now())))
    clock.pass(hours(1))
    await does('a backup was put back', () => markRestored(ports, ADMIN))
    await does('a backup was put back', () => markRestored(ports, ADMIN))
  } finally {
    process.chdir(before)
    rmSync(folder, { recursive: true })
  }
})
