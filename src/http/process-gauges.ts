import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Gauge } from './metrics.ts'

const NANOSECONDS = 1e9

/** What the operating system and the runtime know of this process, under the names that dashboards for Node.js expect. */
export function watchProcess(version: string): () => readonly Gauge[] {
  const lag = monitorEventLoopDelay({ resolution: 20 })
  lag.enable()
  const startedAt = Date.now() / 1_000 - process.uptime()
  return () => {
    const { user, system } = process.cpuUsage()
    const p99 = lag.percentile(99) / NANOSECONDS
    lag.reset()
    return [
      { name: 'countersign_build_info', says: 'Which version runs.', value: 1, labels: { version } },
      { name: 'process_start_time_seconds', says: 'When the process started, in Unix time.', value: startedAt },
      {
        name: 'process_cpu_seconds_total',
        says: 'Processor time used.',
        value: (user + system) / 1e6,
        type: 'counter',
      },
      { name: 'process_resident_memory_bytes', says: 'Memory in use.', value: process.memoryUsage.rss() },
      {
        name: 'nodejs_eventloop_lag_p99_seconds',
        says: 'How late the event loop was since the last time this was asked, but for one in a hundred times.',
        value: Number.isFinite(p99) ? p99 : 0,
      },
    ]
  }
}
