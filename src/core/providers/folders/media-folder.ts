import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import path from 'node:path'
import { ProcessError } from '../../media/ffmpeg/capture-output.ts'
import type { MediaInfo } from '../../media/ffmpeg/probe.ts'
import { ProviderError, UserError } from '../../model/errors.ts'
import { FORMATS } from '../../model/formats.ts'
import type { FootageCandidate, FootageProvider, FootageQuery } from '../../model/providers.ts'
import { type MediaFile, mediaIndex } from './media-index.ts'
import { wordScore, wordsOf } from './media-words.ts'

export interface MediaFolderOptions {
  folder: string
  /** Looks into a file; rejects as `probeMedia` does when it does not decode. */
  probe(
    file: string,
    signal: AbortSignal,
  ): Promise<Pick<MediaInfo, 'width' | 'height' | 'duration' | 'hasVideo' | 'isImage'>>
  /** Writes a small JPEG or PNG of a video or a picture to `into`. */
  still(file: string, into: string, signal: AbortSignal): Promise<void>
  /** Milliseconds for which what was found in the folder is taken to be there still. */
  freshMs?: number
}

type Probed = Awaited<ReturnType<MediaFolderOptions['probe']>> | null

const NAME = 'media'
/** Files that are looked into for a search, for each candidate wanted: some do not decode or lie the wrong way. */
const PROBES = 3
/** Files whose probe is remembered. */
const REMEMBERED = 5000
/** Milliseconds for which a file that could not be looked into in time is left alone: each try takes a minute. */
const LEFT_ALONE = 600_000

/**
 * The team's own clips and pictures in a folder and its sub-folders, found by the words of file and folder names and of
 * the tags in a text file beside them (`name.txt` or `name.mp4.txt`). Hidden files and symbolic links are left out.
 */
export function createMediaFolder(options: MediaFolderOptions): FootageProvider {
  const folder = path.resolve(options.folder)
  const index = mediaIndex(folder, NAME, options.freshMs ?? 15_000)
  const probed = new Map<string, Probed>()
  const tookTooLong = new Map<string, number>()

  async function probe(file: MediaFile, signal: AbortSignal): Promise<Probed> {
    const known = probed.get(file.id)
    if (known !== undefined) return known
    if (Date.now() - (tookTooLong.get(file.id) ?? 0) < LEFT_ALONE) return null
    let info: Probed
    try {
      info = await options.probe(file.path, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (wasEnded(error)) tookTooLong.set(file.id, Date.now())
      // What could not be looked at today (a share that hangs, no process to be had) is no broken file.
      if (!doesNotDecode(error)) return null
      info = null
    }
    const usable =
      info?.hasVideo && info.width > 0 && info.height > 0 && (info.isImage || (info.duration ?? 0) > 0)
    if (probed.size >= REMEMBERED) probed.clear()
    probed.set(file.id, usable ? info : null)
    return usable ? info : null
  }

  return {
    name: NAME,
    async search(query, signal) {
      const fitting = rank(await index.files(signal), query).slice(0, query.limit * PROBES)
      const found: { candidate: FootageCandidate; score: number }[] = []
      for (const { file, score } of fitting) {
        signal.throwIfAborted()
        const info = await probe(file, signal)
        if (info) found.push({ candidate: candidateOf(file, info), score: score + shapeScore(info, query) })
      }
      return found
        .sort((a, b) => b.score - a.score)
        .slice(0, query.limit)
        .map(({ candidate }) => candidate)
    },
    async fetch(candidate, _query, file, signal) {
      const source = await locate(candidate, signal)
      try {
        await copy(source.path, file, signal)
      } catch (cause) {
        failed(candidate, cause, signal)
      }
      await locate(candidate, signal)
    },
    async thumbnail(candidate, _query, file, signal) {
      const source = await locate(candidate, signal)
      await options
        .still(source.path, file, signal)
        .catch((cause: unknown) => failed(candidate, cause, signal))
    },
  }

  /** The file of a candidate, unchanged since it was found and inside the folder. */
  async function locate(candidate: FootageCandidate, signal: AbortSignal): Promise<MediaFile> {
    const file = await index.find(candidate.id, signal)
    if (!file || !(await isInside(folder, file.path))) {
      throw new ProviderError(
        NAME,
        'nothing_found',
        `“${candidate.title}” in the team folder was changed or removed. Search again.`,
      )
    }
    return file
  }
}

/** True when ffprobe itself said so: it ran to its end and returned a code of its own. */
function doesNotDecode(error: unknown): boolean {
  const cause = error instanceof UserError && error.code === 'ffmpeg_failed' ? error.cause : null
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'number'
}

/** True when it took longer than it may, and was ended. */
function wasEnded(error: unknown): boolean {
  const cause = error instanceof UserError ? error.cause : null
  return cause instanceof ProcessError && cause.code === null
}

function rank(files: readonly MediaFile[], query: FootageQuery): { file: MediaFile; score: number }[] {
  const asked = wordsOf(query.query)
  const keyword = wordsOf(query.keyword).filter((word) => !asked.includes(word))
  const order = (file: MediaFile) =>
    createHash('sha256').update(`${query.seed} ${file.name}`).digest().readUInt32BE(0) / 2 ** 32
  return (
    files
      .map((file) => {
        const having = [file.words, file.folderWords] as const
        const score = (words: string[]) => wordScore(words, having[0]) + 0.6 * wordScore(words, having[1])
        return { file, score: score(asked) + score(keyword) }
      })
      .filter(({ score }) => score > 0)
      // Files that fit equally well come in another order in each draft, and always in the same one in this.
      .map(({ file, score }) => ({ file, score: score + order(file) * 0.01 }))
      .sort((a, b) => b.score - a.score)
  )
}

/** What a file that lies the right way, moves, and lasts long enough is worth beside the words that fit. */
function shapeScore(info: NonNullable<Probed>, query: FootageQuery): number {
  const { width, height } = FORMATS[query.format]
  const [ratio, wanted] = [info.width / info.height, width / height]
  const lies = Math.min(ratio, wanted) / Math.max(ratio, wanted)
  const lasts = info.isImage ? 0 : Math.min(1, (info.duration ?? 0) / Math.max(0.1, query.minDuration))
  return 0.5 * lies + 0.2 * lasts
}

function candidateOf(file: MediaFile, info: NonNullable<Probed>): FootageCandidate {
  return {
    provider: NAME,
    id: file.id,
    kind: info.isImage ? 'image' : 'video',
    previewUrl: null,
    downloadUrl: null,
    width: info.width,
    height: info.height,
    duration: info.isImage ? null : info.duration,
    author: null,
    pageUrl: null,
    title: path.posix.basename(file.name, `.${file.name.split('.').at(-1)}`),
  }
}

/** Bytes. */
const COPIED_AT_ONCE = 1 << 20

/** Nothing more is written once this has returned or thrown. */
async function copy(from: string, to: string, signal: AbortSignal): Promise<void> {
  // A link that took the file's place meanwhile is not followed.
  const source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const target = await open(to, 'w')
    try {
      const buffer = Buffer.alloc(COPIED_AT_ONCE)
      for (;;) {
        signal.throwIfAborted()
        const { bytesRead } = await source.read(buffer, 0, buffer.length, null)
        if (bytesRead === 0) break
        await target.writeFile(buffer.subarray(0, bytesRead))
      }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function isInside(folder: string, file: string): Promise<boolean> {
  const [root, real] = await Promise.all([realpath(folder), realpath(file)]).catch(() => ['', ''])
  return root !== '' && real.startsWith(root + path.sep)
}

function failed(candidate: FootageCandidate, cause: unknown, signal: AbortSignal): never {
  if (signal.aborted) throw signal.reason
  const gone =
    cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ELOOP')
  throw new ProviderError(
    NAME,
    gone ? 'nothing_found' : 'unavailable',
    `“${candidate.title}” in the team folder cannot be read.`,
    { cause },
  )
}
