import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { checkFootage } from '../../src/core/draft/check-footage.ts'
import type { Core } from '../../src/core/draft/core.ts'
import { renderThumbnail } from '../../src/core/media/clip/thumbnail.ts'
import type { Ffmpeg } from '../../src/core/media/ffmpeg/ffmpeg.ts'
import { adoptFile } from '../../src/core/media/store/adopt.ts'
import { LocalStore } from '../../src/core/media/store/local-store.ts'
import type { CheckedFootage } from '../../src/core/model/checked-files.ts'
import type { FootageQuery } from '../../src/core/model/providers.ts'
import { fakeProviders } from '../fakes/providers.ts'
import { onDisk } from './on-disk.ts'

interface Known {
  checked: Map<string, CheckedFootage>
  /** Stills by name in the store. */
  stills: Map<string, Buffer>
}

const known = new Map<string, Promise<Known>>()

/**
 * Gives a new program what earlier ones on the same ffmpeg have found out about the fakes' footage, as if it had handled it
 * before: that it is usable, and its stills. Otherwise each first draft would start a dozen processes for it.
 * @param folder a writable folder that is removed later.
 */
export async function knowFootage(
  { ffmpeg, store, checkedFiles }: Pick<Core, 'ffmpeg' | 'store' | 'checkedFiles'>,
  folder: string,
): Promise<void> {
  const found = known.get(ffmpeg.build) ?? findOut(ffmpeg, path.join(folder, 'known-footage'))
  known.set(ffmpeg.build, found)
  const { checked, stills } = await found
  for (const [key, file] of checked) await checkedFiles.set(key, file)
  for (const [name, bytes] of stills) {
    const still = onDisk(store, name)
    await mkdir(path.dirname(still), { recursive: true })
    await writeFile(still, bytes)
  }
}

async function findOut(ffmpeg: Ffmpeg, folder: string): Promise<Known> {
  const store = new LocalStore(folder)
  const checked: Known['checked'] = new Map()
  const checkedFiles = {
    get: async (key: string) => checked.get(key) ?? null,
    set: async (key: string, file: CheckedFootage) => void checked.set(key, file),
  }
  const stills: Known['stills'] = new Map()
  const { signal } = new AbortController()
  for (const provider of fakeProviders().providers.footage)
    for (const candidate of await provider.search(ANYTHING, signal)) {
      const file = await store.temporary()
      await provider.fetch(candidate, ANYTHING, file, signal)
      const { extension } = await checkFootage({ ffmpeg, checkedFiles }, provider.name, file, signal)
      const footage = await adoptFile(store, 'footage', file, extension)
      const still = await renderThumbnail({ ffmpeg, store }, footage)
      stills.set(still, await readFile(onDisk(store, still)))
    }
  await rm(folder, { recursive: true })
  return { checked, stills }
}

const ANYTHING: FootageQuery = {
  query: 'anything',
  keyword: '',
  text: '',
  format: 'square',
  minDuration: 0,
  seed: '',
  index: 0,
  limit: 9,
}
