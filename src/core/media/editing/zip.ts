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

/** A range of a file's bytes, preceded by other bytes. */
interface Piece {
  head: Buffer
  file: string
  from: number
  bytes: number
}

/** Recompressing compressed data only costs time. */
const COMPRESSED = /\.(mp4|jpg|png)$/

/** The time of every entry, so that the same files make the same archive. Zip doesn't support years before 1980. */
const TIME = new Date(Date.UTC(2000, 0, 1, 12))

/**
 * Writes an archive as a stream. @throws Error of the disk, for a file that doesn't exist or changes during this, and if
 * the signal is aborted.
 */
export async function writeZip(
  entries: readonly ZipEntry[],
  output: string,
  signal?: AbortSignal,
): Promise<void> {
  const zip = new ZipFile()
  const failed = new AbortController()
  const stop = AbortSignal.any([failed.signal, ...(signal ? [signal] : [])])
  // yazl reports errors here, and its stream would never end.
  zip.on('error', (error) => failed.abort(error))
  const open = new Set<Readable>()
  for (const { name, content } of entries) {
    const options = { mtime: TIME, mode: 0o100644, compress: !COMPRESSED.test(name) }
    if ('text' in content) zip.addBuffer(Buffer.from(content.text), name, options)
    else {
      // The size determines whether the entry needs zip64 headers.
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
