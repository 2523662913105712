import { open } from 'node:fs/promises'
import type { Unusable } from '../../model/unusable.ts'

/** Bytes that are read to know a file; an animated PNG says so before its first picture. */
const HEAD = 4096

/** The first bytes of a file; none when it cannot be read. */
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

/** Pure: what ffmpeg calls the still or the animation that begins with these bytes; null for anything else. */
export function stillDemuxer(head: Buffer): string | null {
  const begins = beginning(head)
  if (begins('\xff\xd8\xff')) return 'jpeg_pipe'
  if (begins('\x89PNG\r\n\x1a\n')) return isAnimatedPng(head) ? 'apng' : 'png_pipe'
  if (begins('GIF8')) return 'gif'
  if (begins('RIFF') && begins('WEBP', 8)) return 'webp_pipe'
  // The reserved bytes, as two letters alone would say little.
  if (begins('BM') && begins('\0\0\0\0', 6)) return 'bmp_pipe'
  if (isTiff(head)) return 'tiff_pipe'
  if (begins('\xff\x0a') || begins('\0\0\0\x0cJXL \r\n\x87\n')) return 'jpegxl_pipe'
  if (begins('\0\0\0\x0cjP  \r\n\x87\n') || begins('\xff\x4f\xff\x51')) return 'j2k_pipe'
  return null
}

/** Pure: whether this is a picture, or a short animation, that is to be made ordinary before ffmpeg sees it. */
export function isPicture(head: Buffer): boolean {
  const brand = brandOf(head)
  if (brand !== null) return STILL_BRANDS.includes(brand)
  const demuxer = stillDemuxer(head)
  return demuxer !== null && !['apng', 'bmp_pipe', 'jpegxl_pipe', 'j2k_pipe'].includes(demuxer)
}

/** Stills of the HEIF family. Its sequences (`avis`, `hevc`, `msf1`) have a track that ffmpeg plays. */
const STILL_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1', 'mif2', 'avif']

/** What the file of the ISO family calls itself in its first box; null for others. */
function brandOf(head: Buffer): string | null {
  return head.toString('latin1', 4, 8) === 'ftyp' ? head.toString('latin1', 8, 12) : null
}

/** Endings of what belongs to other files, or to the system: nobody expects to see it. */
const COMPANIONS = new Set(
  [
    ...['txt', 'md', 'xmp', 'aae', 'thm', 'lrv', 'json', 'xml', 'csv', 'srt', 'vtt', 'ass', 'lrc', 'cue'],
    ...['m3u', 'm3u8', 'pls', 'nfo', 'log', 'sfv', 'md5', 'ini', 'db', 'url', 'webloc', 'lnk', 'html', 'htm'],
  ].concat(['bak', 'yml', 'yaml', 'rtf', 'doc', 'docx', 'xls', 'xlsx', 'odt', 'pages', 'numbers']),
)
const COMPANION_NAMES = new Set(['thumbs.db', 'desktop.ini', 'icon\r', 'ehthumbs.db'])

/** Pure: whether a file of this name stands for itself; else it is left out without a word. */
export function standsForItself(name: string): boolean {
  const bare = name.slice(name.lastIndexOf('/') + 1).toLowerCase()
  return !COMPANION_NAMES.has(bare) && !COMPANIONS.has(endingOf(bare))
}

const ENDINGS: Partial<Record<Unusable, readonly string[]>> = {
  incomplete: ['part', 'partial', 'crdownload', 'download', 'opdownload', 'filepart', '!ut', '!qb', 'tmp'],
  // Most are TIFFs with a small preview in front, which must not be taken for the picture.
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

/** Pure: what a file's name alone says against it; null when it has to be looked into. */
export function nameUnusable(name: string): Unusable | null {
  const ending = endingOf(name.toLowerCase())
  for (const [why, endings] of Object.entries(ENDINGS) as [Unusable, readonly string[]][])
    if (endings.includes(ending)) return why
  return null
}

/** Pure: what a file's first bytes say against it, whatever it is called; null when they say nothing. */
export function headUnusable(head: Buffer): Unusable | null {
  const begins = beginning(head)
  if (head.length === 0) return 'empty'
  // A disk reserves the room of a file that is being copied.
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

/** A chunk before the first picture; a long profile may stand in front of it. */
function isAnimatedPng(head: Buffer): boolean {
  return head.includes('acTL', 0, 'latin1')
}
