import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { LRUCache } from 'lru-cache'
import { headUnusable, nameUnusable, readHead, standsForItself } from '../../media/pictures/file-kind.ts'
import type { MusicProvider, MusicRequest, MusicTrack } from '../../model/providers.ts'
import { cleaned } from '../../model/text/clean.ts'
import { type Unusable, type UnusableFile, unusableFile } from '../../model/unusable.ts'
import { readId3 } from './id3-text.ts'
import { folderNames, type ListedFile, listFolder } from './list-folder.ts'
import { decodeTags } from './text-encoding.ts'

const NAME = 'folder'
/** Seconds; a shorter file is a jingle or broken. */
const SHORTEST = 1
/** Files in a row that may be broken before the folder counts as having nothing. */
const MOST_TRIES = 20
/** Files of which it is remembered how long they are. */
const REMEMBERED = 5000

export interface MusicFolderOptions {
  folder: string
  /** Decodes a file: seconds of sound that are in it, 0 for what is no sound. Rejects when that cannot be found out today. */
  measure(file: string, signal: AbortSignal): Promise<number>
  /** Called once for each file that turns out to be unusable. */
  onUnusable?: (file: UnusableFile) => void
}

/**
 * The team's own music: `<folder>/<mood>/…`, sub-folders too. A draft keeps its track for as long as the file is there,
 * whatever files are added, because each file's claim on a draft is its own (rendezvous hashing); adding one
 * takes over only those drafts that it claims most. Each file is decoded once before it is used, and again when it was changed.
 */
export function createMusicFolder({ folder, measure, onUnusable }: MusicFolderOptions): MusicProvider {
  const measured = new LRUCache<string, number>({ max: REMEMBERED })
  const named = new LRUCache<string, true>({ max: REMEMBERED })

  /** 0 for what cannot be used: the next file in line is as good. */
  async function lengthOf({ path: file, isLink }: ListedFile, signal: AbortSignal): Promise<number> {
    if (isLink) return 0
    const state = await stat(file).catch(() => null)
    if (state === null) return 0
    const version = `${file} ${state.size} ${state.mtimeMs}`
    const known = measured.get(version)
    if (known !== undefined) return known
    const seconds = await measure(file, signal).catch(() => null)
    signal.throwIfAborted()
    if (seconds === null) return 0
    measured.set(version, seconds)
    return seconds
  }

  async function whyNot(file: ListedFile, signal: AbortSignal): Promise<Unusable | null> {
    if (file.isLink) return 'link'
    const why = nameUnusable(file.name) ?? headUnusable(await readHead(file.path))
    if (why === 'empty' || why === 'incomplete') return why
    return (await lengthOf(file, signal)) < SHORTEST ? 'silent' : null
  }

  /** Those that have been tried, each told once. */
  async function unusableAmong(tried: ListedFile[], signal: AbortSignal): Promise<UnusableFile[]> {
    const found: UnusableFile[] = []
    for (const file of tried) {
      const why = await whyNot(file, signal)
      if (why === null) continue
      const unusable = unusableFile(file.name, why)
      found.push(unusable)
      const told = `${why} ${file.path}`
      if (!named.has(told)) onUnusable?.(unusable)
      named.set(told, true)
    }
    return found
  }

  /** The files of a mood, those that claim the draft most first. */
  async function inLine({ mood, seed }: MusicRequest, signal: AbortSignal): Promise<ListedFile[]> {
    const root = await moodFolder(folder, mood)
    if (root === null) return []
    const files = (await listFolder(root, NAME, signal)).filter(mayBeMusic)
    const claims = files.map((file) => ({ file, claim: claimOf(seed, mood, file.name) }))
    return claims.sort((a, b) => (a.claim < b.claim ? 1 : -1)).map(({ file }) => file)
  }

  return {
    name: NAME,
    async pick(request, signal) {
      const passedOver: ListedFile[] = []
      for (const file of (await inLine(request, signal)).slice(0, MOST_TRIES)) {
        signal.throwIfAborted()
        const length = await lengthOf(file, signal)
        if (length >= SHORTEST) {
          await unusableAmong(passedOver, signal)
          return await describe(file.path, `${request.mood}/${file.name}`, length)
        }
        passedOver.push(file)
      }
      return null
    },
    async find(id, signal) {
      const [mood = '', ...names] = id.split('/')
      const root = await moodFolder(folder, mood)
      const files = root === null ? [] : await listFolder(root, NAME, signal)
      const file = files.find(({ name }) => name === names.join('/'))
      const length = file && mayBeMusic(file) ? await lengthOf(file, signal) : 0
      return file && length >= SHORTEST ? describe(file.path, id, length) : null
    },
    async unusable(request, signal) {
      return unusableAmong((await inLine(request, signal)).slice(0, MOST_TRIES), signal)
    },
  }
}

async function moodFolder(folder: string, mood: string): Promise<string | null> {
  const named = (await folderNames(folder, NAME)).find((name) => name.normalize('NFC').toLowerCase() === mood)
  return named === undefined ? null : path.join(folder, named)
}

async function describe(file: string, id: string, length: number): Promise<MusicTrack> {
  // Large, and needed only where a team has music of its own.
  const { parseFile } = await import('music-metadata')
  const tags = await parseFile(file, { skipCovers: true }).catch(() => null)
  const { title, artist, composer } = tags?.common ?? {}
  const read = [title, artist, composer?.[0]]
  const id3 = await readId3(file)
  const written = [id3.title ?? title, id3.artist ?? artist, id3.composer ?? composer?.[0]]
  const isDoubtful = !tags?.format.tagTypes?.every((type) => UTF8_TAGS.has(type))
  const [named, author, other] = isDoubtful ? decodeTags(written) : read
  return {
    provider: NAME,
    id,
    file,
    title: tidy(named) ?? path.basename(file, path.extname(file)).normalize('NFC'),
    author: tidy(author) ?? tidy(other),
    loops: false,
    length,
  }
}

/** Covers and booklets lie beside music; what the others are is found by looking into them. */
export function mayBeMusic({ name }: ListedFile): boolean {
  const why = nameUnusable(name)
  return standsForItself(name) && (why === null || why === 'incomplete') && !COVERS.test(name)
}

const COVERS = /\.(jpe?g|png|gif|webp|bmp|tiff?|hei[cf]|avif)$/i
/** Kinds of tags that are UTF-8 by definition; all others are old enough to hold anything. */
const UTF8_TAGS = new Set(['vorbis', 'iTunes', 'matroska', 'APEv2'])

function claimOf(seed: string, mood: string, name: string): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, mood, name]))
    .digest('hex')
}

/** A tag as one line of at most 200 characters; null when there is nothing in it. */
function tidy(tag: string | undefined): string | null {
  const line = cleaned(tag ?? '', 'tag').replaceAll(/\s+/gu, ' ')
  if (line === '') return null
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}
