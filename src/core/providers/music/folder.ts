import { createHash } from 'node:crypto'
import path from 'node:path'
import { parseFile } from 'music-metadata'
import type { MediaInfo } from '../../render/probe.ts'
import { folderNames, listFolder } from '../list-folder.ts'
import type { MusicProvider, MusicTrack } from '../types.ts'

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

export interface MusicFolderOptions {
  folder: string
  /** Looks into a file; rejects when it does not decode. */
  probe(
    file: string,
    signal: AbortSignal,
  ): Promise<Pick<MediaInfo, 'hasAudio' | 'duration' | 'audioDuration'>>
}

/**
 * The team's own music: `<folder>/<mood>/…`, sub-folders too. A draft keeps its track for as long as the file is there,
 * whatever files are added, because each file's claim on a draft is its own (rendezvous hashing); adding one
 * takes over only those drafts that it claims most.
 */
export function createMusicFolder({ folder, probe }: MusicFolderOptions): MusicProvider {
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
        const track = await read(file.path, `${mood}/${file.name}`, probe, signal)
        if (track) return track
      }
      return null
    },
  }
}

async function moodFolder(folder: string, mood: string): Promise<string | null> {
  const named = (await folderNames(folder, NAME)).find((name) => name.normalize('NFC').toLowerCase() === mood)
  return named === undefined ? null : path.join(folder, named)
}

/** What cannot be read, or has no sound worth the name in it, is null: the next file in line is as good. */
async function read(
  file: string,
  id: string,
  probe: MusicFolderOptions['probe'],
  signal: AbortSignal,
): Promise<MusicTrack | null> {
  const tags = await parseFile(file, { duration: true, skipCovers: true }).catch(() => null)
  const info = await probe(file, signal).catch(() => null)
  signal.throwIfAborted()
  const seconds = info?.audioDuration ?? info?.duration ?? tags?.format.duration ?? 0
  if (!info?.hasAudio || seconds < SHORTEST) return null
  return {
    provider: NAME,
    id,
    file,
    title: tidy(tags?.common.title) ?? path.basename(file, path.extname(file)).normalize('NFC'),
    author: tidy(tags?.common.artist) ?? tidy(tags?.common.composer?.[0]),
    loops: false,
  }
}

function claimOf(seed: string, mood: string, name: string): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, mood, name]))
    .digest('hex')
}

/** A tag as one line of at most 200 characters; null when there is nothing in it. */
function tidy(tag: string | undefined): string | null {
  const line = asUtf8(tag ?? '')
    .normalize('NFC')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
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
