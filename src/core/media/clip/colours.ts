import type { MediaInfo } from '../ffmpeg/probe.ts'

/** Scales to the given size and converts all colours to the film's, BT.709. */
export function toSize(media: MediaInfo, width: number, height: number, canToneMap: boolean): string[] {
  return isHdr(media) && canToneMap ? toneMap(media, width, height) : [scale(media, width, height)]
}

function scale(media: MediaInfo, width: number, height: number): string {
  return `scale=${width}:${height}:flags=bicubic${matrixOptions(media)}`
}

export function hasAlpha({ pixelFormat }: MediaInfo): boolean {
  return /^(yuva|rgba|bgra|argb|abgr|gbrap|ya\d|pal8)/.test(pixelFormat ?? '')
}

/** The colour matrix options of `scale`. If footage doesn't state its matrix, it is inferred from the size, as players do. */
function matrixOptions(media: MediaInfo): string {
  const { colorSpace, pixelFormat, width, height } = media
  // Transparent pictures stay in RGB until they are laid over their background.
  const output = hasAlpha(media) ? '' : ':out_color_matrix=bt709:out_range=tv'
  if (/rgb|bgr|gbr|pal8|gray|mono|^ya/.test(pixelFormat ?? '')) return output
  const named: Record<string, string> = {
    bt709: 'bt709',
    smpte170m: 'bt601',
    bt470bg: 'bt601',
    smpte240m: 'smpte240m',
    bt2020nc: 'bt2020',
    bt2020c: 'bt2020',
  }
  // JFIF defines JPEG's colours as BT.601.
  const unnamed = pixelFormat?.startsWith('yuvj') || Math.max(width, height) < 1280 ? 'bt601' : 'bt709'
  return `:in_color_matrix=${named[colorSpace ?? ''] ?? unnamed}${output}`
}

function isHdr({ colorTransfer }: MediaInfo): boolean {
  return colorTransfer === 'smpte2084' || colorTransfer === 'arib-std-b67'
}

/** Converts HDR (PQ, HLG) to BT.709. It scales to the target size first, because every step uses floating point numbers. */
function toneMap({ colorTransfer, colorRange }: MediaInfo, width: number, height: number): string[] {
  const range = colorRange === 'pc' ? 'full' : 'limited'
  return [
    `zscale=w=${width}:h=${height}:f=bicubic:tin=${colorTransfer}:min=2020_ncl:pin=2020:rin=${range}:t=linear:npl=203:m=2020_ncl:p=2020`,
    'format=gbrpf32le',
    'zscale=p=709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=709:m=709:r=limited',
    'format=yuv420p',
  ]
}
