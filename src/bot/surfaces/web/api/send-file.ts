import path from 'node:path'
import type { Context } from 'hono'
import { stillDemuxer } from '../../../../core/media/pictures/file-kind.ts'
import type { Store } from '../../../../core/model/store.ts'
import { versionOf } from '../draft-of.ts'
import type { Env } from '../env.ts'
import { WebError } from '../problems.ts'

/** Types that browsers can show or play; anything else is sent as a download. */
const TYPES: Record<string, string> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.webm': 'video/webm',
  '.mov': 'video/quicktime',
  '.m4a': 'audio/mp4',
  '.wav': 'audio/wav',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.srt': 'application/x-subrip; charset=utf-8',
  '.vtt': 'text/vtt; charset=utf-8',
  '.json': 'application/json',
}

/**
 * Sends a file of the store, or a range of it (https://www.rfc-editor.org/rfc/rfc9110#name-range-requests).
 * @param name null if there is no file.
 * @throws WebError 404 if the file doesn't exist, 416 if the range is outside it, 429 if the caller has too many downloads
 * in progress.
 */
export async function sendFile(context: Context<Env>, store: Store, name: string | null): Promise<Response> {
  const size = name !== null && (await store.touch(name)) ? await store.size(name) : null
  if (name === null || size === null)
    throw new WebError(404, 'file_not_found', 'This file has not been made yet, or is no longer there.')
  const version = versionOf(name)
  const etag = `"${version}"`
  const type = TYPES[path.extname(name).toLowerCase()] ?? (await pictureType(store, name))
  const headers: Record<string, string> = {
    etag,
    'content-type': type ?? 'application/octet-stream',
    ...(type === undefined && { 'content-disposition': 'attachment' }),
    'accept-ranges': 'bytes',
    // An address with this version always leads to the same content.
    'cache-control':
      context.req.query('v') === version ? 'private, max-age=31536000, immutable' : 'private, no-cache',
  }
  if (isKnown(context.req.header('if-none-match'), etag)) return context.body(null, 304, headers)
  const range = rangeOf(context, etag, size)
  const { from, to } = range ?? { from: 0, to: size - 1 }
  if (range) headers['content-range'] = `bytes ${from}-${to}/${size}`
  headers['content-length'] = String(to - from + 1)
  const status = range ? 206 : 200
  if (context.req.method === 'HEAD') return context.body(null, status, headers)
  const who = context.get('who')
  // Callers who aren't signed in have an address that only they know.
  const caller = who ? `${who.workspace} ${who.actor.id}` : context.req.path
  const open = () => store.open(name, { from, to })
  return context.body(
    await context.get('downloads').body(context.env.outgoing, caller, to - from + 1, open),
    status,
    headers,
  )
}

/** The type of a picture stored as `.img`, which may be in any picture format. */
async function pictureType(store: Store, name: string): Promise<string | undefined> {
  if (path.extname(name) !== '.img') return undefined
  for await (const head of await store.open(name, { from: 0, to: HEAD })) {
    const demuxer = stillDemuxer(Buffer.from(head))
    return demuxer === null ? undefined : PICTURES[demuxer]
  }
  return undefined
}

const HEAD = 4095
const PICTURES: Record<string, string> = {
  ...{ jpeg_pipe: 'image/jpeg', png_pipe: 'image/png', apng: 'image/apng' },
  ...{ gif: 'image/gif', webp_pipe: 'image/webp' },
}

function isKnown(known: string | undefined, etag: string): boolean {
  return (known ?? '').split(',').some((each) => ['*', etag, `W/${etag}`].includes(each.trim()))
}

/** The requested range; null for the whole file, which may also be sent if several ranges are requested. @throws WebError 416 */
function rangeOf(context: Context<Env>, etag: string, size: number): { from: number; to: number } | null {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(context.req.header('range') ?? '')
  const condition = context.req.header('if-range')
  if (!asked || (condition !== undefined && condition !== etag)) return null
  const [, first = '', last = ''] = asked
  if (first === '' && last === '') return null
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < from) return null
  if (from > to) {
    context.header('content-range', `bytes */${size}`)
    throw new WebError(416, 'range_not_satisfiable', `The file has ${size} bytes.`, { size })
  }
  return { from, to }
}
