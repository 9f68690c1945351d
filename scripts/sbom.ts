import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { billOf, type Lock } from './sbom/bill.ts'
import { bundledPackages } from './sbom/bundled.ts'

// `npm run --silent sbom > countersign.cdx.json`: what is shipped and what it was built with, from the lockfile, as CycloneDX 1.6.
const root = resolve(import.meta.dirname, '..')
const lock = JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8')) as Lock
console.log(JSON.stringify(billOf(lock, bundledPackages(root)), null, 2))
