import type { Reply } from '../loopback.ts'

/** A video that a stock stand-in offers. Its renditions are what the listing says; the bytes are the same for all. */
export interface StockVideo {
  id: number
  /** Seconds, as the listing says. */
  duration: number
  /** Pixels of each file on offer. */
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

/** What the server sends for a file; ranges and validators as the sites' delivery networks have them. */
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

/** Stands in for a file whose content does not matter. */
export const SOME_BYTES = Buffer.alloc(3000, 'media')
