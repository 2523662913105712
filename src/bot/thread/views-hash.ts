import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { CLIP_VERSION } from '../../core/media/clip/clip-args.ts'
import type { Ffmpeg } from '../../core/media/ffmpeg/ffmpeg.ts'

/** The sources of views: folders and files. */
const SOURCES = ['../view', '../words', 'slots.ts', 'load-shown.ts']

/**
 * A hash of the program's views and words, and of the versions that determine their clips; it changes whenever any of these
 * does. Reads about twenty small files.
 */
export async function viewsHash({ build }: Pick<Ffmpeg, 'build'>): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([build, CLIP_VERSION]))
  for (const source of SOURCES) {
    const place = path.join(import.meta.dirname, source)
    // Subfolders contain what no thread shows.
    const names = source.endsWith('.ts')
      ? ['']
      : (await readdir(place)).filter((name) => name.endsWith('.ts')).sort()
    for (const name of names) hash.update(await readFile(path.join(place, name)))
  }
  return hash.digest('hex').slice(0, 32)
}
