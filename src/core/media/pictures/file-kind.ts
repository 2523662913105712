import { open } from 'node:fs/promises'
import type { Unusable } from '../../model/unusable.ts'

/** The number of bytes read to identify a file; an animated PNG declares itself before its first picture. */
const HEAD = 4096

/** Reads a file's first bytes; returns none if it can't be read. */
export async function readHead(file: string): Promise<Buffer> {
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

/** Pure: ffmpeg's demuxer for the still or animation that begins with these bytes; null for anything else. */
export function stillDemuxer(head: Buffer): string | null {
  const begins = beginning(head)
  if (begins('\xff\xd8\xff')) return 'jpeg_pipe'
  if (begins('\x89PNG\r\n\x1a\n')) return isAnimatedPng(head) ? 'apng' : 'png_pipe'
  if (begins('GIF8')) return 'gif'
  if (begins('RIFF') && begins('WEBP', 8)) return 'webp_pipe'
  // Also checks the reserved bytes, because two letters alone prove little.
  if (begins('BM') && begins('\0\0\0\0', 6)) return 'bmp_pipe'
  if (isTiff(head)) return 'tiff_pipe'
  if (begins('\xff\x0a') || begins('\0\0\0\x0cJXL \r\n\x87\n')) return 'jpegxl_pipe'
  if (begins('\0\0\0\x0cjP  \r\n\x87\n') || begins('\xff\x4f\xff\x51')) return 'j2k_pipe'
  return null
}

/** Pure: whether this is a picture or a short animation that must be normalized before ffmpeg opens it. */
export function isPicture(head: Buffer): boolean {
  const brand = brandOf(head)
  if (brand !== null) return STILL_BRANDS.includes(brand)
  const demuxer = stillDemuxer(head)
  return demuxer !== null && !['apng', 'bmp_pipe', 'jpegxl_pipe', 'j2k_pipe'].includes(demuxer)
}

/** The stills of the HEIF family. Its sequences (`avis`, `hevc`, `msf1`) have a track that ffmpeg plays. */
const STILL_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1', 'mif2', 'avif']

/** The brand in the first box of a file of the ISO family; null for others. */
function brandOf(head: Buffer): string | null {
  return head.toString('latin1', 4, 8) === 'ftyp' ? head.toString('latin1', 8, 12) : null
}

/** Extensions of files that accompany other files or belong to the system: nobody expects to see them. */
const COMPANIONS = new Set(
  [
    ...['txt', 'md', 'xmp', 'aae', 'thm', 'lrv', 'json', 'xml', 'csv', 'srt', 'vtt', 'ass', 'lrc', 'cue'],
    ...['m3u', 'm3u8', 'pls', 'nfo', 'log', 'sfv', 'md5', 'ini', 'db', 'url', 'webloc', 'lnk', 'html', 'htm'],
  ].concat(['bak', 'yml', 'yaml', 'rtf', 'doc', 'docx', 'xls', 'xlsx', 'odt', 'pages', 'numbers']),
)
const COMPANION_NAMES = new Set(['thumbs.db', 'desktop.ini', 'icon\r', 'ehthumbs.db'])

/** Pure: whether a file of this name is content in itself; if not, it is skipped silently. */
export function standsForItself(name: string): boolean {
  const bare = name.slice(name.lastIndexOf('/') + 1).toLowerCase()
  return !COMPANION_NAMES.has(bare) && !COMPANIONS.has(endingOf(bare))
}

const ENDINGS: Partial<Record<Unusable, readonly string[]>> = {
  incomplete: ['part', 'partial', 'crdownload', 'download', 'opdownload', 'filepart', '!ut', '!qb', 'tmp'],
  // Most are TIFFs that begin with a small preview, which must not be mistaken for the picture.
  raw: [
    ...[
      'cr2',
      'cr3',
      'crw',
      'nef',
      'nrw',
      'arw',
      'sr2',
      'srf',
      'dng',
      'orf',
      'rw2',
      'raf',
      'pef',
      'srw',
      '3fr',
    ],
    ...['erf', 'kdc', 'mrw', 'x3f', 'iiq', 'braw', 'r3d', 'gpr', 'insp', 'insv'],
  ],
  design: [
    ...['psd', 'psb', 'ai', 'eps', 'ps', 'pdf', 'svg', 'svgz', 'indd', 'sketch', 'fig', 'xd', 'afphoto'],
    ...[
      'afdesign',
      'xcf',
      'kra',
      'clip',
      'procreate',
      'cdr',
      'key',
      'ppt',
      'pptx',
      'aep',
      'prproj',
      'drp',
      'blend',
    ],
  ],
}

/** Pure: why a file is unusable judging by its name alone; null if its content must be checked. */
export function nameUnusable(name: string): Unusable | null {
  const ending = endingOf(name.toLowerCase())
  for (const [why, endings] of Object.entries(ENDINGS) as [Unusable, readonly string[]][])
    if (endings.includes(ending)) return why
  return null
}

/** Pure: why a file is unusable judging by its first bytes, whatever its name; null if they don't show a reason. */
export function headUnusable(head: Buffer): Unusable | null {
  const begins = beginning(head)
  if (head.length === 0) return 'empty'
  // A file being copied may already have its full size reserved on the disk.
  if (head.every((byte) => byte === 0)) return 'incomplete'
  if (['8BPS', '%PDF', '%!PS', '\xc5\xd0\xd3\xc6', 'gimp xcf'].some((bytes) => begins(bytes))) return 'design'
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE svg|<svg)/is.test(textOf(head))) return 'design'
  if (begins('FUJIFILMCCD-RAW') || begins('FOVb') || begins('IIRO') || begins('IIU\0')) return 'raw'
  if ((isTiff(head) && begins('CR', 8)) || brandOf(head) === 'crx ') return 'raw'
  if (begins('PK\x03\x04') || begins('Rar!') || begins("7z\xbc\xaf'\x1c") || begins('\x1f\x8b'))
    return 'unknown'
  return null
}

function textOf(head: Buffer): string {
  return head.toString('utf8').replace(/^\ufeff/, '')
}

function endingOf(name: string): string {
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : ''
}

function beginning(head: Buffer): (bytes: string, at?: number) => boolean {
  return (bytes, at = 0) => head.toString('latin1', at, at + bytes.length) === bytes
}

function isTiff(head: Buffer): boolean {
  const begins = beginning(head)
  return begins('II*\0') || begins('MM\0*') || begins('II+\0') || begins('MM\0+')
}

/** The chunk comes before the first picture, but possibly after a long profile. */
function isAnimatedPng(head: Buffer): boolean {
  return head.includes('acTL', 0, 'latin1')
}
