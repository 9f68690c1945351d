import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { without } from '../real-parts.ts'

const CHART = 'deploy/helm/countersign'
const GO = '/usr/share/gocode/src'

// Debian has no Helm, but all that it renders with.
export const withoutCharts = without(
  'go',
  `${GO}/github.com/Masterminds/sprig/functions.go`,
  `${GO}/sigs.k8s.io/yaml/yaml.go`,
  'python3',
  '/usr/lib/python3/dist-packages/yaml/__init__.py',
)

// oxlint-disable-next-line typescript/no-explicit-any -- what is rendered is checked by the types of Kubernetes, and read here where a test expects it
export type Resource = any

export type Rendered =
  | { readonly ok: true; readonly resources: readonly Resource[]; readonly notes: string; readonly text: string }
  /** What Helm would stop with. */
  | { readonly ok: false; readonly says: string }

export interface Renderer {
  readonly render: (values: object) => Rendered
  readonly remove: () => void
}

/** Builds the renderer, and renders the chart as the release `login` in the namespace `auth`. */
export function chartRenderer(): Renderer {
  const place = mkdtempSync(join(tmpdir(), 'countersign-chart-'))
  const program = join(place, 'render-chart')
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: join(place, 'cache') }
  const built = spawnSync('go', ['build', '-o', program, 'test/deploy/render-chart.go'], { env, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(built.stderr)
  return {
    render(values) {
      const input = JSON.stringify(values)
      const done = spawnSync(program, [CHART, 'login', 'auth'], { input, encoding: 'utf8' })
      if (done.status !== 0) return { ok: false, says: done.stderr }
      const { 'NOTES.txt': notes = '', ...files } = JSON.parse(done.stdout) as Record<string, string>
      return { ok: true, resources: Object.values(files).flatMap(yaml), notes, text: done.stdout }
    },
    remove: () => rmSync(place, { recursive: true, force: true }),
  }
}

/** Every document of a YAML text that holds something. */
export function yaml(input: string): readonly Resource[] {
  const script = 'import json,sys,yaml; json.dump([d for d in yaml.safe_load_all(sys.stdin) if d], sys.stdout)'
  const { stdout, stderr, status } = spawnSync('/usr/bin/python3', ['-c', script], { input, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${stderr}\n${input}`)
  return JSON.parse(stdout) as readonly Resource[]
}

export function chartFile(name: string): string {
  return readFileSync(join(CHART, name), 'utf8')
}
