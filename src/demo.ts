import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { buildDemoSite, DEMO_SITE } from '#cli/demo-site.ts'
import type { DemoOptions, RunningDemo } from '#cli/context.ts'
import { BEHAVIOURS, createMailbox, type Mailbox } from '#delivery/captured.ts'
import { readForm } from '#http/forms.ts'
import { readJson } from '#http/json-body.ts'
import { fromSameOrigin } from '#http/same-origin.ts'
import { isPresetName, PRESET_NAMES, type PresetName } from '#policy/presets.ts'
import type { Ports } from '#ports/ports.ts'
import { systemClock } from '#system/clock.ts'
import { applyPreset } from '#usecases/apply-preset.ts'
import { setServerChannel } from '#usecases/channels.ts'
import { changeSettings } from '#usecases/settings.ts'
import { mailboxPage } from '#web/pages/mailbox-page.ts'
import { addressTaken, createApp, openHouse, startServer } from './app.ts'
import { parseListen } from './config.ts'

const DEFAULT_PRESET: PresetName = 'manufacturing'
const DEFAULT_LISTEN = '127.0.0.1:4180'
const DEFAULT_DATA = './data/demo'

/** What the demo remembers of itself: keys can be shown again, because nothing in it is real. */
const memory = z.object({ preset: z.enum(PRESET_NAMES), admin: z.string(), service: z.string() })
type Memory = z.output<typeof memory>

/** A full site with users, a mailbox and an SMS inbox on one port of loopback. What can be mended comes back as a sentence. */
export async function startDemo(
  options: DemoOptions,
  report: (error: unknown, requestId: string) => void,
): Promise<RunningDemo> {
  const listen = parseListen(options.listen ?? DEFAULT_LISTEN)
  if (!listen) return failed('--listen takes HOST:PORT, like 127.0.0.1:4180; port 0 is any free one.')
  if (!['127.0.0.1', '::1', 'localhost'].includes(listen.host))
    return failed('The demo listens on loopback only: its passwords are known.')
  const wanted = options.preset
  if (wanted !== undefined && !isPresetName(wanted))
    return failed(`There is no preset "${wanted}"; there are ${PRESET_NAMES.join(', ')}.`)
  const data = options.data ?? DEFAULT_DATA
  const database = `sqlite:${join(data, 'countersign.db')}`
  if (options.fresh) for (const name of OWN_FILES) await rm(join(data, name), { force: true })

  let store: Ports | undefined
  const mailbox = createMailbox({
    clock: systemClock,
    onUnconfigured: async (channel, unconfigured) => {
      if (store) await setServerChannel(store, channel, unconfigured ? null : { kind: 'captured' })
    },
  })
  const base = {
    database,
    keyFile: join(data, 'key'),
    listen,
    siteAddresses: new Map<string, string>(),
    trustedProxies: [],
    smtpUrl: null,
    channelNetworks: [],
    logLevel: 'info',
    metricsFrom: ['127.0.0.0/8', '::1/128'],
    ntpServer: null,
  } as const
  const opened = await openHouse(
    { ...base, origin: 'http://localhost' },
    { mailbox, makeKey: true, report: (error) => report(error, 'delivery') },
  )
  if (opened.kind === 'failed') return opened
  store = opened.ports
  for (const channel of ['email', 'sms'] as const) await setServerChannel(opened.ports, channel, { kind: 'captured' })
  const remembered = await furnish(opened.ports, join(data, 'demo.json'), wanted)

  try {
    let origin = ''
    const server = await startServer(
      listen,
      (port) => {
        origin = `http://localhost:${port}`
        const ports = { ...opened.ports, origin }
        return {
          ports,
          app: createApp(ports, {
            config: { ...base, origin },
            report,
            metrics: opened.metrics,
            extra: mailboxRoutes(mailbox, origin),
          }),
        }
      },
      report,
    )
    const close = async (): Promise<void> => {
      await server.close()
      await opened.close()
    }
    const { admin: adminKey, service: serviceKey, preset } = remembered
    return {
      kind: 'running',
      origin,
      site: DEMO_SITE,
      preset,
      adminKey,
      serviceKey,
      database,
      keyFile: base.keyFile,
      close,
    }
  } catch (error) {
    await opened.close()
    if (addressTaken(error)) {
      return failed(
        `Port ${listen.port} is taken; choose another one with --listen ${listen.host}:0 (0 is any free port).`,
      )
    }
    throw error
  }
}

const OWN_FILES = ['countersign.db', 'countersign.db-wal', 'countersign.db-shm', 'key', 'demo.json']

/** Makes the site at the first start; later, gives it another preset if one is asked for. */
async function furnish(ports: Ports, file: string, wanted: PresetName | undefined): Promise<Memory> {
  const sites = await ports.store.sites()
  const kept = memory.safeParse(
    await readFile(file, 'utf8')
      .then(JSON.parse)
      .catch(() => null),
  )
  const save = async (it: Memory): Promise<Memory> => {
    await writeFile(file, `${JSON.stringify(it)}\n`, { mode: 0o600 })
    return it
  }
  if (!kept.success || !sites.some(({ name }) => name === DEMO_SITE)) {
    const preset = wanted ?? DEFAULT_PRESET
    const { admin, service } = await buildDemoSite(ports, preset)
    return save({ preset, admin, service })
  }
  if (wanted === undefined || wanted === kept.data.preset) return kept.data
  const order = {
    site: DEMO_SITE,
    actor: { type: 'operator', id: 'demo', name: 'demo' },
    origin: { request: 'demo', address: null, userAgent: null },
  } as const
  // Off and on again, so that switching on does under the new preset what it does on a new site.
  await changeSettings(ports, { ...order, patch: { 'two_factor.enabled': false } })
  await applyPreset(ports, { ...order, preset: wanted })
  await changeSettings(ports, { ...order, patch: { 'two_factor.enabled': true } })
  return save({ ...kept.data, preset: wanted })
}

const behaviour = z.strictObject({ email: z.enum(BEHAVIOURS).optional(), sms: z.enum(BEHAVIOURS).optional() })

/** `/mailbox`, `/mailbox/messages` and `/mailbox/behaviour`. Only the demo has them. */
function mailboxRoutes(mailbox: Mailbox, origin: string) {
  return async (request: Request): Promise<Response | undefined> => {
    const { pathname } = new URL(request.url)
    const asked = `${request.method} ${pathname}`
    switch (asked) {
      case 'GET /mailbox': {
        const view = { messages: mailbox.messages(), behaviour: mailbox.behaviour(), behaviours: BEHAVIOURS }
        return new Response(String(await mailboxPage(view)), {
          headers: { 'content-type': 'text/html; charset=utf-8' },
        })
      }
      case 'GET /mailbox/messages':
        return Response.json(mailbox.messages())
      case 'PUT /mailbox/behaviour':
      case 'POST /mailbox/behaviour': {
        const byForm = request.method === 'POST'
        if (byForm && !fromSameOrigin(request, origin))
          return new Response('Refused: from another site.\n', { status: 403 })
        const given = byForm ? await formOf(request) : await jsonOf(request)
        const parsed = behaviour.safeParse(given)
        if (!parsed.success) {
          const detail = `Send {"email": …, "sms": …}, each one of ${BEHAVIOURS.join(', ')}.`
          return Response.json(
            { title: 'Invalid request', status: 400, code: 'invalid_request', detail },
            { status: 400, headers: { 'content-type': 'application/problem+json' } },
          )
        }
        await mailbox.setBehaviour(parsed.data as Parameters<Mailbox['setBehaviour']>[0])
        return byForm
          ? new Response(null, { status: 303, headers: { location: '/mailbox' } })
          : Response.json(mailbox.behaviour())
      }
      default:
        return undefined
    }
  }
}

async function formOf(request: Request): Promise<unknown> {
  const form = await readForm(request)
  return form.kind === 'ok' ? Object.fromEntries(form.fields) : null
}

async function jsonOf(request: Request): Promise<unknown> {
  const body = await readJson(request, { requestId: 'mailbox' })
  return body.kind === 'ok' ? body.value : null
}

function failed(message: string): RunningDemo {
  return { kind: 'failed', message }
}
