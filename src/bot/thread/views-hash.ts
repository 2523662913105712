import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** What views are made of. */
const SOURCES = ['../view', '../words', 'slots.ts', 'load-shown.ts']

/** A hash of the program's own views and words, which is another one whenever any of them has changed. Reads some twenty small files. */
export async function viewsHash(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    const place = path.join(import.meta.dirname, source)
    const names = source.endsWith('.ts') ? [''] : (await readdir(place)).sort()
    for (const name of names) hash.update(await readFile(path.join(place, name)))
  }
  return hash.digest('hex').slice(0, 32)
}
