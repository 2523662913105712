import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

export interface ZipEntry {
  /** Within the archive, with `/`. */
  name: string
  content: { file: string } | { text: string } | Piece
}

/** So many bytes of a file from a place on, with other bytes before them. */
interface Piece {
  head: Buffer
  file: string
  from: number
  bytes: number
}

/** What is compressed already only costs time. */
const COMPRESSED = /\.(mp4|jpg|png)$/

/** The time of every entry, so that the same files make the same archive. Zip knows no years before 1980. */
const TIME = new Date(Date.UTC(2000, 0, 1, 12))

/**
 * Writes an archive, a piece at a time. @throws Error of the disk, for a file that is not there or changes meanwhile, and when the
 * signal is given.
 */
export async function writeZip(
  entries: readonly ZipEntry[],
  output: string,
  signal?: AbortSignal,
): Promise<void> {
  const zip = new ZipFile()
  const failed = new AbortController()
  const stop = AbortSignal.any([failed.signal, ...(signal ? [signal] : [])])
  // yazl says it here, and its stream would never end.
  zip.on('error', (error) => failed.abort(error))
  const open = new Set<Readable>()
  for (const { name, content } of entries) {
    const options = { mtime: TIME, mode: 0o100644, compress: !COMPRESSED.test(name) }
    if ('text' in content) zip.addBuffer(Buffer.from(content.text), name, options)
    else {
      // The size decides whether the entry needs the long form of its headers.
      const size = 'head' in content ? content.head.length + content.bytes : (await stat(content.file)).size
      zip.addReadStreamLazy(name, { ...options, size }, (done) => {
        const stream = 'head' in content ? Readable.from(bytesOf(content)) : createReadStream(content.file)
        open.add(stream)
        done(null, stream)
      })
    }
  }
  zip.end()
  try {
    await pipeline(zip.outputStream, createWriteStream(output), { signal: stop })
  } catch (error) {
    throw failed.signal.aborted ? failed.signal.reason : error
  } finally {
    for (const stream of open) stream.destroy()
  }
}

async function* bytesOf({ head, file, from, bytes }: Piece): AsyncGenerator<Buffer> {
  yield head
  yield* createReadStream(file, { start: from, end: from + bytes - 1 })
}
