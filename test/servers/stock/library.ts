import type { Reply } from '../loopback.ts'

/** A video that a stock stand-in offers. Its renditions are the listed ones; the bytes are the same for all. */
export interface StockVideo {
  id: number
  /** In seconds, as listed. */
  duration: number
  /** Dimensions in pixels of each file on offer. */
  sizes: readonly (readonly [width: number, height: number])[]
  words: string
  author?: string
  bytes?: Buffer
}

export interface StockPhoto {
  id: number
  width: number
  height: number
  words: string
  author?: string
  bytes?: Buffer
}

export const HD = [1920, 1080] as const
export const UHD = [3840, 2160] as const
export const TALL = [1080, 1920] as const
export const SMALL = [960, 540] as const

/** The server's response for a file, with ranges and validators like those of the sites' delivery networks. */
export function mediaReply(bytes: Buffer, type: string, range: string | undefined): Reply {
  const headers = { 'content-type': type, 'accept-ranges': 'bytes', etag: `"${bytes.length}"` }
  const from = /^bytes=(\d+)-$/.exec(range ?? '')?.[1]
  if (from === undefined) return { body: bytes, headers }
  const contentRange = `bytes ${from}-${bytes.length - 1}/${bytes.length}`
  return {
    status: 206,
    body: bytes.subarray(Number(from)),
    headers: { ...headers, 'content-range': contentRange },
  }
}

/** Used for a file whose content doesn't matter. */
export const SOME_BYTES = Buffer.alloc(3000, 'media')
