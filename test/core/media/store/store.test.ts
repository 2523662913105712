import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { adoptFile } from '../../../../src/core/media/store/adopt.ts'
import { hashFile } from '../../../../src/core/media/store/hash.ts'
import { LocalStore } from '../../../../src/core/media/store/local-store.ts'
import { type Store, storedName } from '../../../../src/core/model/store.ts'
import { temporaryFolder } from '../../../factories/folder.ts'

/** Every implementation of the port, each empty. The tests below apply to all; where each keeps its files is its own business. */
const STORES: [name: string, open: () => Promise<Store>][] = [
  ['LocalStore', async () => new LocalStore(path.join(await temporaryFolder(), 'data'))],
]
const CLIP = storedName('clips', 'ab12', 'mp4')
const write = (words: string) => (file: string) => writeFile(file, words)

it.each(STORES)('%s keeps what is put and gives it back by its name', async (_, open) => {
  const store = await open()
  expect([await store.has(CLIP), await store.size(CLIP), await store.touch(CLIP)]).toEqual([
    false,
    null,
    false,
  ])
  await expect(store.open(CLIP)).rejects.toThrow()
  expect(await store.put(CLIP, write('clip'))).toBe('clips/ab/ab12.mp4')
  expect([await store.has(CLIP), await store.size(CLIP), await store.touch(CLIP)]).toEqual([true, 4, true])
  expect(String(await buffer(await store.open(CLIP)))).toBe('clip')
  expect(await store.withLocalFile(CLIP, (file) => readFile(file, 'utf8'))).toBe('clip')
  const other = await store.put('videos/v.mp4', write('film'))
  const both = await store.withLocalFiles([other, CLIP], (files) =>
    Promise.all(files.map((file) => readFile(file, 'utf8'))),
  )
  expect(both).toEqual(['film', 'clip'])
  expect(await store.list('clips')).toMatchObject([{ path: CLIP, bytes: 4 }])
  expect(await store.list('clips', (name) => name.startsWith('.'))).toEqual([])
  expect(await store.list('voices')).toEqual([])
  expect(await store.foreign()).toEqual([])
  await store.remove(CLIP)
  await store.remove(CLIP)
  expect(await store.has(CLIP)).toBe(false)
})

it.each(STORES)('%s makes what is asked for twice at once only once', async (_, open) => {
  const store = await open()
  let made = 0
  const produce = async (file: string) => {
    made += 1
    await writeFile(file, 'clip')
  }
  await Promise.all([store.put(CLIP, produce), store.put(CLIP, produce), store.put(CLIP, produce)])
  await store.put(CLIP, produce)
  expect(made).toBe(1)
})

it.each(STORES)('%s keeps nothing of what fails, and lets the next one try', async (_, open) => {
  const store = await open()
  let begun = () => {}
  const isBegun = new Promise<void>((resolve) => {
    begun = resolve
  })
  const failing = store.put(CLIP, async (file) => {
    await writeFile(file, 'half')
    begun()
    throw new Error('cancelled')
  })
  const next = isBegun.then(() => store.put(CLIP, write('whole')))
  await expect(failing).rejects.toThrow('cancelled')
  await next
  expect(String(await buffer(await store.open(CLIP)))).toBe('whole')
  expect(await store.list('tmp')).toEqual([])
})

it.each(STORES)('%s names what is adopted by its content', async (_, open) => {
  const store = await open()
  const names: string[] = []
  for (let turn = 0; turn < 2; turn++) {
    const temporary = await store.temporary('wav')
    await writeFile(temporary, 'voice')
    const hash = await hashFile(temporary)
    names.push(await adoptFile(store, 'voices', temporary, 'wav'))
    expect(names.at(-1)).toBe(storedName('voices', hash, 'wav'))
  }
  expect(await store.list('voices')).toMatchObject([{ path: names[0] ?? '', bytes: 5 }])
})

it.each(STORES)('%s discards only what nobody holds and nobody has used since', async (_, open) => {
  const store = await open()
  const told: string[][] = []
  await store.holding(
    async () => {
      await store.put(CLIP, write('clip'))
      expect(await store.discard(CLIP, Number.POSITIVE_INFINITY)).toBeNull()
    },
    async (files) => {
      told.push([...files])
    },
  )
  expect(told).toEqual([[CLIP]])
  expect(await store.discard(CLIP, Date.now() - 60_000)).toBeNull()
  expect(await store.discard(CLIP, Number.POSITIVE_INFINITY)).toBe(4)
  expect(await store.discard(CLIP, Number.POSITIVE_INFINITY)).toBeNull()
  expect(await store.has(CLIP)).toBe(false)
})

it('a local store tells what is not its own, and when its files were used', async () => {
  const folder = await temporaryFolder()
  const store = new LocalStore(folder)
  for (const name of ['notes.txt', 'rushes.sqlite', 'rushes.sqlite-wal', 'lock.json'])
    await writeFile(path.join(folder, name), '')
  await mkdir(path.join(folder, 'holiday'))
  await store.put(CLIP, write('clip'))
  expect(await store.foreign()).toEqual(['holiday', 'notes.txt'])
  await utimes(path.join(folder, CLIP), 1000, 1000)
  expect((await store.list('clips'))[0]?.usedAt).toBe(1_000_000)
  await store.touch(CLIP)
  expect((await store.list('clips'))[0]?.usedAt).toBeGreaterThan(1_000_000)
  expect(await readdir(path.join(folder, 'clips', 'ab'))).toEqual(['ab12.mp4'])
})
