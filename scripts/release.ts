import { resolve } from 'node:path'
import { makeRelease } from './release/release.ts'

// `npm run release -- FOLDER`: the package, its bill of materials and their checksums, from this checkout.
const [, , folder = 'release'] = process.argv
for (const file of makeRelease(resolve(import.meta.dirname, '..'), resolve(folder)))
  process.stdout.write(`${folder}/${file}\n`)
