import { open } from 'node:fs/promises'

/** Pixels on a side of a picture or video; above ffmpeg would need more memory than a renderer has. */
export const MOST_SIDE = 8192

/**
 * The demuxers for files that others have made. None of them opens a second file, as those for playlists, lists to join and
 * numbered pictures do; what is not in this list is not opened, whatever its name says. `mov` takes in mp4, m4a and 3gp, and
 * follows references to other files only with `-enable_drefs`.
 */
const CONTAINERS = [
  ...[
    'mov',
    'matroska',
    'webm',
    'avi',
    'mpeg',
    'mpegts',
    'mpegvideo',
    'm4v',
    'h264',
    'dv',
    'flv',
    'asf',
    'ogg',
  ],
  ...['wav', 'w64', 'mp3', 'flac', 'aac', 'aiff', 'caf', 'au', 'amr', 'ac3', 'eac3', 'wv', 'ape', 'tta'],
].join(',')

/** Bytes that are read to know a still; an animated PNG says so before its first picture. */
const HEAD = 4096

/**
 * The options with which ffmpeg and ffprobe open a file that somebody else has made. A still gets its demuxer by its first
 * bytes: chosen by its name it would be one of numbered pictures, and `50%discount.jpg` a pattern for other names.
 * A file that cannot be read gets the options of a film, and ffmpeg says why it cannot.
 */
export async function foreignOptions(file: string): Promise<string[]> {
  const still = stillDemuxer(await head(file))
  return [
    ...['-protocol_whitelist', 'file', '-max_pixels', String(MOST_SIDE ** 2)],
    ...(still === null ? ['-format_whitelist', CONTAINERS] : ['-f', still]),
  ]
}

/** Pure: what ffmpeg calls the still or the animation that begins with these bytes; null for anything else. */
export function stillDemuxer(head: Buffer): string | null {
  const begins = (bytes: string, at = 0) => head.toString('latin1', at, at + bytes.length) === bytes
  if (begins('\xff\xd8\xff')) return 'jpeg_pipe'
  if (begins('\x89PNG\r\n\x1a\n')) return head.includes('acTL', 0, 'latin1') ? 'apng' : 'png_pipe'
  if (begins('GIF8')) return 'gif'
  if (begins('RIFF') && begins('WEBP', 8)) return 'webp_pipe'
  // The reserved bytes, as two letters alone would say little.
  if (begins('BM') && begins('\0\0\0\0', 6)) return 'bmp_pipe'
  if (begins('II*\0') || begins('MM\0*')) return 'tiff_pipe'
  return null
}

async function head(file: string): Promise<Buffer> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch {
    return Buffer.alloc(0)
  }
}
