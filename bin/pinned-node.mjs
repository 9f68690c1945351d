// Starts our TypeScript with a Node.js that can run it. This file must be understood by any Node.js from 12 on, because it is what
// tells people with an old one what is missing: no `node:` imports, no `?.`, no top-level await.
import { spawn } from 'child_process'
import { existsSync } from 'fs'
import module from 'module'
import { dirname, join } from 'path'
import { fileURLToPath, pathToFileURL } from 'url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const OLDEST = [24, 15]

/** Runs `entry` (a path inside this package) in this process when its Node.js will do, else in the pinned one. */
export function start(entry) {
  if (isNewEnough(process.versions.node)) {
    keepCompiledCode()
    return import(pathToFileURL(join(ROOT, entry)).href)
  }
  const node = pinnedNode()
  if (node === undefined) return giveUp(`this is ${process.version} and no pinned one is installed`)
  return handOver(node)
}

function isNewEnough(version) {
  const parts = version.split('.').map(Number)
  return parts[0] > OLDEST[0] || (parts[0] === OLDEST[0] && parts[1] >= OLDEST[1])
}

function pinnedNode() {
  try {
    const here = module.createRequire(import.meta.url)
    const manifest = here.resolve(`node-${process.platform}-${process.arch}/package.json`)
    const node = join(dirname(manifest), 'bin', 'node')
    return existsSync(node) ? node : undefined
  } catch {
    return undefined
  }
}

// Beside the packages and not in the shared temporary folder, where another account could plant compiled code for us to run.
function keepCompiledCode() {
  if (typeof module.enableCompileCache === 'function')
    module.enableCompileCache(join(ROOT, 'node_modules', '.cache', 'countersign'))
}

function handOver(node) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning'].concat(process.argv.slice(1)), {
    stdio: 'inherit',
  })
  const pass = (signal) => {
    // Ctrl-C in a terminal reaches the child by itself; twice would mean "at once".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  child.on('error', (error) => giveUp(`the pinned one does not start here (${error.code})`))
  child.on('exit', (code, signal) => {
    for (const each of signals) process.removeListener(each, pass)
    if (signal === null) process.exit(code)
    process.kill(process.pid, signal)
  })
}

function giveUp(why) {
  const wanted = OLDEST.join('.')
  const remedy = 'run "npm ci" (it brings the right one on 64-bit Linux) or install Node.js 24 LTS'
  console.error(`Countersign needs Node.js ${wanted} or newer, but ${why}: ${remedy}.`)
  process.exit(1)
}
