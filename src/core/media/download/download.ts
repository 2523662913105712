import { type FileHandle, open } from 'node:fs/promises'
import { AbortError } from 'p-retry'
import { ProviderError, UserError } from '../../model/errors.ts'
import { allowedAddress } from './download-address.ts'
import { failureOfNetwork, failureOfStatus, type Service } from './http-failure.ts'
import { withRetries } from './http-retry.ts'
import { timedSignal } from './http-timeout.ts'

export interface DownloadOptions {
  service: Service
  url: string
  /** The provider's hosts, including their subdomains. */
  allowedHosts: readonly string[]
  /** The file to write, from its beginning. After a failure the caller removes it, because it may be incomplete. */
  file: string
  maxBytes: number
  /** Sent to the allowed hosts with every request. */
  headers?: Record<string, string>
  /** Seconds for the whole download, including retries. */
  maxSeconds: number
  signal: AbortSignal
  /** The origin of an overridden API address: media on exactly this scheme, host and port is also allowed. */
  allowHttpFor?: string | null
  /** Seconds without data after which the connection counts as broken. */
  idleSeconds?: number
}

const TRIES = 4
const REDIRECTS = 5

/**
 * Streams a provider's file to disk by these rules: https, only the provider's hosts (also after each redirect), limited
 * size and time. A broken connection is resumed where it broke if the server supports that, otherwise restarted; a stalled
 * one fails.
 * @throws ProviderError for failures of the other side, UserError `disk_full`, the signal's reason if aborted.
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { service, signal } = options
  const state: Progress = { received: 0, furthest: 0, validator: null }
  const overall = timedSignal(signal, options.maxSeconds)
  let handle: FileHandle | undefined
  try {
    const target = await open(options.file, 'w').catch(diskError)
    handle = target
    await withRetries(() => attempt(options, target, state, overall.signal), {
      signal: overall.signal,
      retries: TRIES - 1,
    })
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof DiskError)
      throw error.full ? new UserError('disk_full', undefined, { cause: error }) : error
    if (overall.expired()) {
      const sentence = `A download from ${service.title} took longer than ${options.maxSeconds} seconds.`
      throw new ProviderError(service.name, 'unavailable', sentence)
    }
    throw error
  } finally {
    overall.stop()
    await handle?.close()
  }
}

interface Progress {
  /** Bytes of the file on disk. */
  received: number
  /** The most bytes on disk at the end of any attempt. */
  furthest: number
  /** Proves that a resumed file is the same one; null if the server sent no strong validator. */
  validator: string | null
}

async function attempt(options: DownloadOptions, handle: FileHandle, state: Progress, signal: AbortSignal) {
  const { service } = options
  const timed = timedSignal(signal, options.idleSeconds ?? 20)
  try {
    const response = await request(options, state, timed.signal)
    timed.progress()
    const expected = await begin(options, response, handle, state)
    for await (const chunk of response.body ?? []) {
      timed.progress()
      if (state.received + chunk.byteLength > options.maxBytes) throw tooLarge(service)
      await writeAll(handle, chunk, state)
    }
    if (expected !== null && state.received !== expected) throw failureOfNetwork(service, null, false)
    if (state.received === 0) {
      throw new ProviderError(service.name, 'bad_answer', `${service.title} sent an empty file.`)
    }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ProviderError || error instanceof DiskError) throw error
    const failure = failureOfNetwork(service, error, timed.expired())
    // A server that stalls without progress isn't retried: the next candidate is quicker.
    throw timed.expired() && state.received <= state.furthest ? new AbortError(failure) : failure
  } finally {
    state.furthest = Math.max(state.furthest, state.received)
    timed.stop()
  }
}

/** A write may be partial, for instance on a disk that is almost full. */
async function writeAll(handle: FileHandle, chunk: Uint8Array, state: Progress): Promise<void> {
  for (let offset = 0; offset < chunk.byteLength; ) {
    const left = chunk.byteLength - offset
    const { bytesWritten } = await handle.write(chunk, offset, left, state.received).catch(diskError)
    offset += bytesWritten
    state.received += bytesWritten
  }
}

/** Follows redirects manually, because every address on the way must be one of the provider's. */
async function request(options: DownloadOptions, state: Progress, signal: AbortSignal): Promise<Response> {
  const { service, allowHttpFor = null } = options
  const headers: Record<string, string> = {
    ...options.headers,
    ...{ 'user-agent': 'rushes', 'accept-encoding': 'identity' },
  }
  if (state.received > 0 && state.validator !== null) {
    headers.range = `bytes=${state.received}-`
    headers['if-range'] = state.validator
  }
  let url = allowedAddress(options.url, options.allowedHosts, allowHttpFor)
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    if (url === null) {
      const sentence = `${service.title} linked to a file outside its own servers, which Rushes does not download.`
      throw new ProviderError(service.name, 'bad_answer', sentence)
    }
    const response = await fetch(url, { headers, redirect: 'manual', signal })
    const location = response.headers.get('location')
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response
    await response.body?.cancel()
    url = allowedAddress(location, options.allowedHosts, allowHttpFor, url)
  }
  throw new ProviderError(
    service.name,
    'bad_answer',
    `${service.title} redirected a download too many times.`,
  )
}

/** Checks the headers and positions the file at the start of the body. Returns the whole file's size if known. */
async function begin(
  options: DownloadOptions,
  response: Response,
  handle: FileHandle,
  state: Progress,
): Promise<number | null> {
  const { service } = options
  const resumed =
    response.status === 206 && rangeStart(response.headers) === state.received && state.received > 0
  if (!resumed) {
    if (state.received > 0) await handle.truncate(0).catch(diskError)
    state.received = 0
  }
  if (response.status !== 200 && !resumed) {
    await response.body?.cancel()
    // If a range isn't available (206 with another part, 416), the download restarts.
    if (response.status === 206 || response.status === 416) {
      state.validator = null
      throw failureOfNetwork(service, null, false)
    }
    throw failureOfFile(service, response)
  }
  const type = response.headers.get('content-type') ?? ''
  if (/^(text|application\/(json|xml|xhtml|javascript|problem))/i.test(type.trim())) {
    await response.body?.cancel()
    throw new ProviderError(service.name, 'bad_answer', `${service.title} sent a web page instead of a file.`)
  }
  state.validator = resumed ? state.validator : strongValidator(response.headers)
  const length = contentLength(response.headers)
  const expected = length === null ? null : state.received + length
  if (expected !== null && expected > options.maxBytes) {
    await response.body?.cancel()
    throw tooLarge(service)
  }
  return expected
}

function failureOfFile(service: Service, response: Response): ProviderError {
  // Media servers don't check keys: they refuse expired addresses and missing files.
  if (response.status >= 400 && response.status < 500 && ![408, 429].includes(response.status)) {
    const sentence = `${service.title} no longer has this file (${response.status}).`
    return new ProviderError(service.name, 'bad_answer', sentence)
  }
  return failureOfStatus(service, response.status, response.headers)
}

function tooLarge(service: Service): ProviderError {
  return new ProviderError(service.name, 'too_large', `A file from ${service.title} is larger than allowed.`)
}

/** Null for a compressed body, whose length says nothing about the decoded size. */
function contentLength(headers: Headers): number | null {
  const encoding = headers.get('content-encoding') ?? 'identity'
  const value = headers.get('content-length')
  return encoding === 'identity' && value !== null && /^\d+$/.test(value) ? Number(value) : null
}

function rangeStart(headers: Headers): number | null {
  const match = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '')
  return match ? Number(match[1]) : null
}

/** RFC 9110 §13.1.5: If-Range takes a strong ETag or a date. */
function strongValidator(headers: Headers): string | null {
  if (headers.get('accept-ranges')?.trim().toLowerCase() === 'none') return null
  const etag = headers.get('etag')
  if (etag?.startsWith('"')) return etag
  return etag === null ? headers.get('last-modified') : null
}

/** A problem of this machine, which retrying doesn't solve. */
class DiskError extends Error {
  readonly full: boolean

  constructor(cause: NodeJS.ErrnoException) {
    super(`A downloaded file could not be written (${cause.code ?? cause.message}).`, { cause })
    this.full = cause.code === 'ENOSPC' || cause.code === 'EDQUOT'
  }
}

function diskError(error: NodeJS.ErrnoException): never {
  throw new DiskError(error)
}
