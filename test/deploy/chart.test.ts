import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { parseConfig } from '../../src/config.ts'
import { wholeServer } from '../whole-server.ts'
import {
  chartFile,
  chartRenderer,
  type Rendered,
  type Renderer,
  type Resource,
  withoutCharts,
  yaml,
} from './rendered-chart.ts'

// The chart is rendered with what Helm itself is made of, every kind it makes is held against the types of Kubernetes, and its environment against
// the program that reads it. No cluster runs here.
const skip = withoutCharts
let renderer: Renderer | undefined

const LEAST = {
  origin: 'https://login.example.com',
  image: { repository: 'registry.example.com/countersign' },
  secret: { name: 'countersign' },
}
const MOST = {
  ...LEAST,
  origin: 'https://intranet.example.com/login',
  siteAddresses: { acme: 'https://login.acme.example', globex: 'https://sso.globex.example' },
  image: { ...LEAST.image, tag: 'of-ours', pullSecrets: [{ name: 'registry' }] },
  secret: { ...LEAST.secret, smtpKey: 'smtp' },
  replicas: 3,
  trustedProxies: ['10.1.0.0/16', '10.2.0.0/16'],
  channelNetworks: ['10.9.0.0/24'],
  ntpServer: 'pool.ntp.org',
  metrics: { from: ['10.3.0.0/16'], podMonitor: true },
  service: { annotations: { a: 'b' } },
  ingress: { enabled: true, className: 'nginx', annotations: { c: 'd' }, tlsSecret: 'tls' },
  networkPolicy: { enabled: true, from: [{ podSelector: { matchLabels: { app: 'ingress' } } }] },
  podAnnotations: { e: 'f' },
  nodeSelector: { g: 'h' },
  tolerations: [{ key: 'i', operator: 'Exists' }],
  affinity: { podAntiAffinity: {} },
}

before(() => {
  if (skip === false) renderer = chartRenderer()
})
after(() => renderer?.remove())

function rendered(values: object): Extract<Rendered, { ok: true }> {
  const got = renderer?.render(values)
  assert.ok(got?.ok, JSON.stringify(got))
  return got
}

function only(kind: string, values: object = LEAST): Resource {
  const found = rendered(values).resources.filter((each) => each.kind === kind)
  assert.equal(found.length, 1, kind)
  return found[0]
}

const containerOf = (resource: Resource): Resource => resource.spec.template.spec.containers[0]

test('least and most that can be told render what Kubernetes has a type for, each kind once', { skip }, () => {
  const always = ['Deployment', 'Job', 'PodDisruptionBudget', 'Service']
  assert.deepEqual(kinds(LEAST), always)
  assert.deepEqual(kinds({ ...LEAST, replicas: 1 }), ['Deployment', 'Job', 'Service'])
  assert.deepEqual(kinds(MOST), [...always, 'Ingress', 'NetworkPolicy', 'PodMonitor'].toSorted())
  assert.equal(misfits([...rendered(LEAST).resources, ...rendered(MOST).resources]), '')
})

test('a name that Kubernetes does not know would be found by that', { skip }, () => {
  const deployment = only('Deployment')
  containerOf(deployment).securityContext.readOnlyRootFileSystem = true
  assert.match(misfits([deployment]), /readOnlyRootFileSystem/)
})

test('the nodes, and the job before them, are started with an environment that the program reads as it was meant', {
  skip,
}, () => {
  for (const kind of ['Deployment', 'Job']) {
    const least = parseConfig(environmentOf(only(kind)))
    assert.ok(least.ok, JSON.stringify(least))
    assert.deepEqual(
      { ...least.config, siteAddresses: [...least.config.siteAddresses] },
      {
        database: 'countersign/database',
        origin: 'https://login.example.com',
        siteAddresses: [],
        listen: { host: '0.0.0.0', port: 4180 },
        keyFile: '/key/countersign.key',
        trustedProxies: [],
        smtpUrl: null,
        channelNetworks: [],
        logLevel: 'info',
        metricsFrom: [],
        ntpServer: null,
      },
    )
    const most = parseConfig(environmentOf(only(kind, MOST)))
    assert.ok(most.ok, JSON.stringify(most))
    assert.deepEqual([...most.config.siteAddresses], Object.entries(MOST.siteAddresses))
    assert.deepEqual(
      [most.config.trustedProxies, most.config.channelNetworks, most.config.metricsFrom],
      [MOST.trustedProxies, MOST.channelNetworks, MOST.metrics.from],
    )
    assert.deepEqual(
      [most.config.smtpUrl, most.config.ntpServer],
      ['countersign/smtp', { host: 'pool.ntp.org', port: 123 }],
    )
  }
})

test('it runs as the user of the image, who may nothing, and reads the key that is mounted for it', { skip }, () => {
  const [, user] = /^USER (\d+):\1$/m.exec(readFileSync('Dockerfile', 'utf8')) ?? []
  for (const resource of [only('Deployment'), only('Job')]) {
    const pod = resource.spec.template.spec
    const { runAsUser, runAsGroup, fsGroup, runAsNonRoot } = pod.securityContext
    assert.deepEqual([runAsUser, runAsGroup, fsGroup, runAsNonRoot], [Number(user), Number(user), Number(user), true])
    assert.equal(pod.automountServiceAccountToken, false)
    const { securityContext, volumeMounts } = containerOf(resource)
    assert.deepEqual(securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    assert.deepEqual(volumeMounts, [{ name: 'key', mountPath: '/key', readOnly: true }])
    const [{ secret }] = pod.volumes
    assert.deepEqual([secret.secretName, secret.defaultMode], ['countersign', 0o400])
    assert.deepEqual(secret.items, [{ key: 'key', path: 'countersign.key' }])
  }
})

test('no secret is in what Helm keeps: the chart takes none, and knows but the name of one', { skip }, () => {
  const { properties } = JSON.parse(chartFile('values.schema.json')) as {
    properties: { secret: { properties: object } }
  }
  assert.deepEqual(Object.keys(properties.secret.properties), ['name', 'databaseKey', 'keyFileKey', 'smtpKey'])
  assert.ok(!kinds(MOST).includes('Secret'))
})

test('the service, the budget, the network policy and the monitor mean the nodes, and not the job before them', {
  skip,
}, () => {
  const nodes = only('Deployment', MOST).spec.template.metadata.labels
  const job = only('Job', MOST).spec.template.metadata.labels
  const selectors = [
    only('Deployment', MOST).spec.selector.matchLabels,
    only('Service', MOST).spec.selector,
    only('PodDisruptionBudget', MOST).spec.selector.matchLabels,
    only('NetworkPolicy', MOST).spec.podSelector.matchLabels,
    only('PodMonitor', MOST).spec.selector.matchLabels,
    only('Deployment', MOST).spec.template.spec.topologySpreadConstraints[0].labelSelector.matchLabels,
  ]
  for (const selector of selectors) {
    assert.ok(matches(selector, nodes) && !matches(selector, job), JSON.stringify(selector))
    // A version in a selector would keep the next version from being rolled out.
    assert.ok(!Object.keys(selector).some((label) => /version|chart/.test(label)))
  }
  const [{ name }] = containerOf(only('Deployment', MOST)).ports
  assert.equal(only('Service', MOST).spec.ports[0].targetPort, name)
  assert.equal(only('NetworkPolicy', MOST).spec.ingress[0].ports[0].port, name)
  assert.equal(only('PodMonitor', MOST).spec.podMetricsEndpoints[0].port, name)
})

test('its probes ask at doors that there are, whatever host they name', { skip }, async (t) => {
  const { knock } = await wholeServer(t)
  const { livenessProbe, readinessProbe, startupProbe } = containerOf(only('Deployment'))
  for (const { httpGet } of [livenessProbe, readinessProbe, startupProbe])
    assert.equal((await knock(`GET ${httpGet.path}`, { base: 'http://10.1.2.3:4180' })).status, 200, httpGet.path)
  assert.deepEqual([livenessProbe.httpGet.path, readinessProbe.httpGet.path], ['/healthz', '/readyz'])
})

test('the tables are changed before the nodes of a version start, by a command that there is', { skip }, () => {
  const job = only('Job')
  assert.equal(job.metadata.annotations['helm.sh/hook'], 'pre-install,pre-upgrade')
  assert.deepEqual(containerOf(job).args, ['migrate'])
  assert.match(readFileSync('docs/cli.md', 'utf8'), /^## migrate$/m)
  assert.equal(containerOf(job).image, containerOf(only('Deployment')).image)
})

test('people come in at the hosts and the path that links are made with', { skip }, () => {
  const { tls, rules, ingressClassName } = only('Ingress', MOST).spec
  const hosts = ['intranet.example.com', 'login.acme.example', 'sso.globex.example']
  assert.equal(ingressClassName, 'nginx')
  assert.deepEqual(tls, [{ secretName: 'tls', hosts }])
  assert.deepEqual(
    rules.map(({ host, http: { paths } }: Resource) => [host, paths[0].path, paths[0].backend.service]),
    [
      [hosts[0], '/login', { name: 'login-countersign', port: { number: 80 } }],
      [hosts[1], '/', { name: 'login-countersign', port: { number: 80 } }],
      [hosts[2], '/', { name: 'login-countersign', port: { number: 80 } }],
    ],
  )
})

test('what is missing is named', { skip }, () => {
  const refusals = [
    [{ ...LEAST, ingress: { enabled: true } }, /ingress\.tlsSecret/],
    [{ ...LEAST, networkPolicy: { enabled: true } }, /networkPolicy\.from/],
  ] as const
  for (const [values, says] of refusals) {
    const got = renderer?.render(values)
    assert.ok(got?.ok === false && says.test(got.says), JSON.stringify(got))
  }
})

test('the schema takes what is rendered here, knows every value there is, and refuses what the program would', {
  skip,
}, () => {
  assert.ok(takes(LEAST) && takes(MOST))
  const wrong = [
    {},
    { ...LEAST, origin: 'http://login.example.com' },
    { ...LEAST, origin: 'https://login.example.com/' },
    { ...LEAST, replicas: 0 },
    { ...LEAST, image: { repository: '' } },
    { ...LEAST, secret: { name: '' } },
    { ...LEAST, secret: { ...LEAST.secret, database: 'postgres://user:password@host/database' } },
    { ...LEAST, logLevel: 'loud' },
    { ...LEAST, trustedProxy: ['10.0.0.0/8'] },
    { ...LEAST, siteAddresses: { acme: 'login.acme.example' } },
  ]
  assert.deepEqual(
    wrong.filter((values) => takes(values)),
    [],
  )
})

test('the values that the page shows are taken, and are enough', { skip }, () => {
  const page = readFileSync('docs/kubernetes.md', 'utf8')
  const [, block = ''] = /```yaml login\.yaml\n([^`]+)```/.exec(page) ?? []
  const [values] = yaml(block)
  assert.ok(takes(values))
  assert.deepEqual(kinds(values), ['Deployment', 'Ingress', 'Job', 'PodDisruptionBudget', 'Service'])
  // The secret that the page makes has the names that the chart looks for.
  const keys = [...page.matchAll(/--from-(?:file|literal)=(\w+)=/g)].map(([, key]) => key)
  const { databaseKey, keyFileKey } = yaml(chartFile('values.yaml'))[0].secret
  assert.deepEqual(new Set(keys), new Set([databaseKey, keyFileKey, values.secret.smtpKey]))
  assert.match(page, /secret generic countersign /)
})

test('the chart is of this version, and its notes say what comes next', { skip }, () => {
  const [chart] = yaml(chartFile('Chart.yaml'))
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  assert.deepEqual([chart.version, chart.appVersion], [version, version])
  assert.match(containerOf(only('Deployment')).image, new RegExp(`:${version.replaceAll('.', '\\.')}$`))
  assert.match(rendered(LEAST).notes, /--namespace auth exec deploy\/login-countersign -- .* sites create acme/)
})

/** Whether the schema takes these values, laid over those of the chart. */
function takes(values: object): boolean {
  const schema = z.fromJSONSchema(JSON.parse(chartFile('values.schema.json')) as Parameters<typeof z.fromJSONSchema>[0])
  const [initial] = yaml(chartFile('values.yaml'))
  return schema.safeParse(laid(initial, values)).success
}

function kinds(values: object): readonly string[] {
  return rendered(values)
    .resources.map((each): string => each.kind)
    .toSorted()
}

/** What the program would find in its environment; of a secret, its name and key. */
function environmentOf(resource: Resource): Readonly<Record<string, string>> {
  return Object.fromEntries(
    containerOf(resource).env.map(({ name, value, valueFrom }: Resource) => {
      const ref = valueFrom?.secretKeyRef
      return [name, ref === undefined ? value : `${ref.name}/${ref.key}`]
    }),
  )
}

function matches(selector: Record<string, string>, labels: Record<string, string>): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value)
}

function laid(under: Resource, over: Resource): Resource {
  const isMap = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
  const pairs = Object.entries(over).map(([name, value]) => [
    name,
    isMap(value) && isMap(under[name]) ? laid(under[name], value) : value,
  ])
  return { ...under, ...Object.fromEntries(pairs) }
}

/** What the compiler says against these resources by the types of Kubernetes; a kind that an operator brings is not among them. */
function misfits(resources: readonly Resource[]): string {
  const file = `test/deploy/rendered-${process.pid}.ts`
  const known = resources.filter((each) => each.kind !== 'PodMonitor')
  const lines = known.map((each, index) => {
    const module = (each.apiVersion as string).replace('.k8s.io', '')
    return `import type { ${each.kind} as Kind${index} } from 'kubernetes-types/${module.includes('/') ? module : `core/${module}`}'\nexport const it${index}: Kind${index} = ${JSON.stringify(each)}`
  })
  writeFileSync(file, lines.join('\n'))
  try {
    const strict = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--ignoreConfig',
      '--pretty',
      'false',
      '--moduleResolution',
      'bundler',
      '--module',
      'esnext',
    ]
    return spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', ...strict, file], { encoding: 'utf8' })
      .stdout
  } finally {
    rmSync(file)
  }
}
