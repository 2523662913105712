import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import path from 'node:path'
import type { Inspected } from '../../media/footage/inspect.ts'
import { ProviderError } from '../../model/errors.ts'
import { FORMATS } from '../../model/formats.ts'
import type { FootageCandidate, FootageProvider, FootageQuery } from '../../model/providers.ts'
import { unusableFile } from '../../model/unusable.ts'
import { type MediaFile, mediaIndex } from './media-index.ts'
import { type Looking, mediaLooks } from './media-looks.ts'
import { wordScore, wordsOf } from './media-words.ts'

export interface MediaFolderOptions extends Looking {
  folder: string
  /** Writes a small JPEG or PNG of a video or picture to `into`. */
  still(file: string, into: string, signal: AbortSignal): Promise<void>
  /** How long a listing of the folder is considered current, in milliseconds. */
  freshMs?: number
}

const NAME = 'media'
/** How many usable files are compared per candidate wanted: some have the wrong orientation. */
const COMPARED = 3
/** How many files are opened for that, per candidate wanted. */
const OPENED = 2 * COMPARED
/** How many files are opened at the same time. */
const AT_ONCE = 3
/** How many unusable files are named to the person who searched. */
const MOST_NAMED = 20

/**
 * The team's own clips and pictures in a folder and its sub-folders, found by the words in file and folder names and by
 * the tags in a text file next to them (`name.txt` or `name.mp4.txt`). A file's type is determined by its content. Hidden
 * files are left out; files that match but can't be used are named.
 */
export function createMediaFolder(options: MediaFolderOptions): FootageProvider {
  const folder = path.resolve(options.folder)
  const index = mediaIndex(folder, NAME, options.freshMs ?? 15_000)
  const looks = mediaLooks(options)

  /** The usable files among those that match best. */
  async function usable(query: FootageQuery, signal: AbortSignal): Promise<Usable[]> {
    const open = rank(await index.files(signal), query).filter(({ file }) => looks.whyNot(file) === null)
    const found: Usable[] = []
    const most = Math.min(open.length, query.limit * OPENED)
    for (let start = 0; start < most && found.length < query.limit * COMPARED; start += AT_ONCE) {
      signal.throwIfAborted()
      const some = open.slice(start, Math.min(most, start + AT_ONCE)).map(async ({ file, score }) => {
        const info = await looks.inspect(file, signal)
        return info && { file, info, score: score + shapeScore(info, query) }
      })
      found.push(...(await Promise.all(some)).filter((one) => one !== null))
    }
    return found.sort((a, b) => b.score - a.score)
  }

  return {
    name: NAME,
    async search(query, signal) {
      const found = await usable(query, signal)
      // A person chooses among these, so nothing on offer may turn out to be unusable.
      if (!query.insist) return found.slice(0, query.limit).map(candidateOf)
      const good: Usable[] = []
      for (const one of found) {
        if (good.length >= query.limit) break
        if (await looks.tryOut(one.file, signal)) good.push(one)
      }
      return good.map(candidateOf)
    },
    async unusable(query, signal) {
      return rank(await index.files(signal), query)
        .flatMap(({ file }) => {
          const why = looks.whyNot(file)
          return why === null ? [] : [unusableFile(file.name, why)]
        })
        .slice(0, MOST_NAMED)
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

  /** The file of a candidate, if it is unchanged and still inside the folder. */
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

interface Usable {
  file: MediaFile
  info: Inspected
  score: number
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
      // Files that match equally well are ordered differently in each draft, but always the same within one.
      .map(({ file, score }) => ({ file, score: score + order(file) * 0.01 }))
      .sort((a, b) => b.score - a.score)
  )
}

/** The value, besides matching words, of a file that has the right orientation, moves, and lasts long enough. */
function shapeScore(info: Inspected, query: FootageQuery): number {
  const { width, height } = FORMATS[query.format]
  const [ratio, wanted] = [info.width / info.height, width / height]
  const lies = Math.min(ratio, wanted) / Math.max(ratio, wanted)
  const lasts = info.isImage ? 0 : Math.min(1, (info.duration ?? 0) / Math.max(0.1, query.minDuration))
  return 0.5 * lies + 0.2 * lasts
}

function candidateOf({ file, info }: Usable): FootageCandidate {
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
    title: path.posix.basename(file.name, path.posix.extname(file.name)),
  }
}

/** Bytes. */
const COPIED_AT_ONCE = 1 << 20

/** Copies a file; nothing is written after this has returned or thrown. */
async function copy(from: string, to: string, signal: AbortSignal): Promise<void> {
  // If a link has replaced the file in the meantime, it isn't followed.
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
