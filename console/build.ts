import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

// `npm ci` runs this. A server that is installed without the tools for building keeps the console that came with it.

const VITE = new URL('../node_modules/vite/package.json', import.meta.url)
const DIST = new URL('dist/', import.meta.url)

if (existsSync(VITE)) {
  const { build } = await import('vite')
  await build({ configFile: new URL('vite.config.ts', import.meta.url).pathname, logLevel: 'warn' })
  for (const name of globSync('assets/*.{js,css}', { cwd: DIST.pathname })) {
    const file = new URL(name, DIST)
    writeFileSync(new URL(`${name}.gz`, DIST), gzipSync(readFileSync(file), { level: 9 }))
  }
}
