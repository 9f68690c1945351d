import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The packages that the console imports: they are built into it. */
export function bundledPackages(root: string): readonly string[] {
  const names = new Set<string>()
  for (const path of globSync('console/src/**/*.{ts,tsx}', { cwd: root }))
    for (const [, name = ''] of readFileSync(join(root, path), 'utf8').matchAll(
      /(?:from|import) '((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:\/[^']*)?'/g,
    ))
      names.add(name)
  return [...names].toSorted()
}
