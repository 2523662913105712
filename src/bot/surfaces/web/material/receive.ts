import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { UserError } from '../../../../core/model/errors.ts'
import { isNodeError } from '../../../../core/model/failure.ts'

/** Milliseconds after which a silent sender is cut off. */
const IDLE = 30_000

interface Receiving {
  maxBytes: number
  /** Milliseconds of silence after which the sender is cut off. */
  idle?: number
  signal: AbortSignal
}

/**
 * Streams a request body into a file.
 * @param body the request body; null if there is none. @param stated its length according to the headers, or null.
 * @throws UserError `file_too_large` as soon as that is known, `upload_broken_off` if the sender disconnects or falls
 * silent, `disk_full`.
 */
export async function receiveFile(
  body: ReadableStream<Uint8Array> | null,
  stated: number | null,
  file: string,
  { maxBytes, idle = IDLE, signal }: Receiving,
): Promise<void> {
  const tooLarge = () => new UserError('file_too_large', { megabytes: Math.floor(maxBytes / 1_000_000) })
  if (stated !== null && stated > maxBytes) throw tooLarge()
  // The check of the file reports that it is empty.
  if (body === null) return writeFile(file, '')
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), idle)
  let received = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), idle)
      received += chunk.byteLength
      if (received > maxBytes) done(tooLarge())
      else done(null, chunk)
    },
  })
  try {
    await pipeline(Readable.fromWeb(body), counted, createWriteStream(file), {
      signal: AbortSignal.any([signal, silence.signal]),
    })
  } catch (error) {
    if (error instanceof UserError) throw error
    const code = isNodeError(error) ? error.code : undefined
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new UserError('disk_full', undefined, { cause: error })
    // Other disk problems are the operator's to fix.
    if (isNodeError(error) && error.syscall === 'open') throw error
    throw new UserError('upload_broken_off', undefined, { cause: error })
  } finally {
    clearTimeout(timer)
  }
  if (stated !== null && received < stated) throw new UserError('upload_broken_off')
}
