import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { parseFile } from 'music-metadata'
import type { MusicProvider, MusicTrack } from '../../model/providers.ts'
import { cleaned } from '../../model/text/clean.ts'
import { folderNames, listFolder } from './list-folder.ts'

const NAME = 'folder'
/** What may hold sound; whether it does is found by looking into it. Covers and notes lie beside music too. */
const EXTENSIONS = new Set(
  [
    'mp3',
    'm4a',
    'm4b',
    'mp4',
    'aac',
    'ogg',
    'oga',
    'opus',
    'webm',
    'flac',
    'wav',
    'aif',
    'aiff',
    'wma',
    'mka',
  ].concat(['mp2', 'ac3', 'eac3', 'amr', 'caf', 'au', 'wv', 'ape', 'tta']),
)
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
}

/**
 * The team's own music: `<folder>/<mood>/…`, sub-folders too. A draft keeps its track for as long as the file is there,
 * whatever files are added, because each file's claim on a draft is its own (rendezvous hashing); adding one
 * takes over only those drafts that it claims most. Each file is decoded once before it is used, and again when it was changed.
 */
export function createMusicFolder({ folder, measure }: MusicFolderOptions): MusicProvider {
  const measured = new Map<string, number>()

  /** 0 for what cannot be used: the next file in line is as good. */
  async function lengthOf(file: string, signal: AbortSignal): Promise<number> {
    const state = await stat(file).catch(() => null)
    if (state === null) return 0
    const version = `${file} ${state.size} ${state.mtimeMs}`
    const known = measured.get(version)
    if (known !== undefined) return known
    const seconds = await measure(file, signal).catch(() => null)
    signal.throwIfAborted()
    if (seconds === null) return 0
    if (measured.size >= REMEMBERED) measured.clear()
    measured.set(version, seconds)
    return seconds
  }

  return {
    name: NAME,
    async pick({ mood, seed }, signal) {
      const root = await moodFolder(folder, mood)
      if (root === null) return null
      const files = await listFolder(root, NAME, signal)
      const audio = files.filter(({ extension }) => EXTENSIONS.has(extension))
      const claims = audio
        .map((file) => ({ file, claim: claimOf(seed, mood, file.name) }))
        .sort((a, b) => (a.claim < b.claim ? 1 : -1))
      for (const { file } of claims.slice(0, MOST_TRIES)) {
        signal.throwIfAborted()
        const length = await lengthOf(file.path, signal)
        if (length >= SHORTEST) return await describe(file.path, `${mood}/${file.name}`, length)
      }
      return null
    },
  }
}

async function moodFolder(folder: string, mood: string): Promise<string | null> {
  const named = (await folderNames(folder, NAME)).find((name) => name.normalize('NFC').toLowerCase() === mood)
  return named === undefined ? null : path.join(folder, named)
}

async function describe(file: string, id: string, length: number): Promise<MusicTrack> {
  const tags = await parseFile(file, { skipCovers: true }).catch(() => null)
  return {
    provider: NAME,
    id,
    file,
    title: tidy(tags?.common.title) ?? path.basename(file, path.extname(file)).normalize('NFC'),
    author: tidy(tags?.common.artist) ?? tidy(tags?.common.composer?.[0]),
    loops: false,
    length,
  }
}

function claimOf(seed: string, mood: string, name: string): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, mood, name]))
    .digest('hex')
}

/** A tag as one line of at most 200 characters; null when there is nothing in it. */
function tidy(tag: string | undefined): string | null {
  const line = cleaned(asUtf8(tag ?? ''), 'tag').replaceAll(/\s+/gu, ' ')
  if (line === '') return null
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}

/** Many programs write UTF-8 into tags that are Latin-1 by definition (RIFF, ID3v1); what was read so is read again. */
function asUtf8(text: string): string {
  const bytes = Buffer.from(text, 'latin1')
  if (bytes.toString('latin1') !== text) return text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return text
  }
}
