/** How long the loops of the fault suites are. `npm test` takes the numbers that stand here, `npm run test:long` asks for more (`test/long.ts`). */
export const LOOPS = {
  /** Runs of the simulator; one takes a tenth of a second on SQLite, and half a second on PostgreSQL. */
  seeds: count('SEEDS', 60),
  postgresSeeds: count('POSTGRES_SEEDS', 5),
  /** Of the ways in which every call is broken, how many go on PostgreSQL; all of them take two minutes there, and ten seconds on SQLite. */
  postgresFlows: count('POSTGRES_FLOWS', 2),
  /** A node killed under load, on either database; each takes some two seconds. */
  kills: count('KILLS', 3),
  /** PostgreSQL restarted under load, by a crash and in order, by turns. */
  restarts: count('RESTARTS', 2),
} as const

const MINUTES = Number(process.env['LOOP_MINUTES'] ?? Number.POSITIVE_INFINITY)

/** 1, 2, 3 … up to `most`, or as far as the minutes last that a long loop is given; the first always comes. */
export function* rounds(most: number): Generator<number> {
  const until = performance.now() + MINUTES * 60_000
  for (let round = 1; round <= most && (round === 1 || performance.now() < until); round += 1) yield round
}

function count(name: string, usual: number): number {
  return Number(process.env[name] ?? usual)
}
