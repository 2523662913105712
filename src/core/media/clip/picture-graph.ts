import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import type { MediaInfo } from '../ffmpeg/probe.ts'
import { hasAlpha, toSize } from './colours.ts'
import { leftOf, OPENING_FRAMES, type Shot, type View } from './framing.ts'

/** Footage, as a particular ffmpeg build handles it. */
export interface Footage {
  media: MediaInfo
  format: Format
  canToneMap: boolean
}

/** How many times footage is enlarged for its largest part with the frame's aspect ratio to fill the frame. */
export function enlargement(media: MediaInfo, format: Format): number {
  const { width, height } = FORMATS[format]
  const base = largest(media, width / height)
  return Math.max(width / (base.width * media.pixelAspect), height / base.height)
}

/** The filters from an input to a clip's frames, shot by shot; `name` keeps its pads distinct from others. */
export function pictureGraph(footage: Footage, source: string, shots: readonly Shot[], name: string): string {
  return footage.media.isImage
    ? stillGraph(footage, source, shots, name)
    : videoGraph(footage, source, shots, name)
}

/** The number of frames in which a film's end fades to its beginning. */
const TURN = 15

/**
 * The filters from two inputs to a clip that ends with its film's first picture.
 * @param beginning the view of the film's first frame.
 */
export function turningGraph(
  picture: string,
  footage: Footage,
  source: string,
  beginning: View,
  frames: number,
): string {
  const turn = Math.min(TURN, frames)
  const held = { start: 0, frames: turn, from: beginning, to: beginning, isSudden: false }
  const still = pictureGraph(footage, '[beginning]', [held], 'b')
  const fading = [
    `trim=end_frame=${turn}`,
    'format=yuva420p',
    // The last frames show only the beginning.
    `fade=t=in:s=0:n=${Math.max(1, turn - 3)}:alpha=1`,
    `setpts=N/${FPS}/TB+${frames - turn}/${FPS}/TB`,
  ]
  return [
    `${picture}[film]`,
    `${source}trim=end_frame=1[beginning]`,
    `${still},${fading.join(',')}[turn]`,
    '[film][turn]overlay=format=yuv420',
  ].join(';')
}

/** The background of transparent footage. */
const BEHIND_ALPHA = '0x14161c'
const FILM_COLOURS = 'out_color_matrix=bt709:out_range=tv'

/**
 * Lays footage with alpha over a background: transparent pixels would otherwise appear in whatever colour they happen to
 * have.
 */
function videoGraph(footage: Footage, source: string, shots: readonly Shot[], name: string): string {
  const graph = movingGraph(footage, source, shots, name)
  if (!hasAlpha(footage.media)) return graph
  const { width, height } = FORMATS[footage.format]
  const background = `color=c=${BEHIND_ALPHA}:s=${width}x${height}:r=${FPS}[${name}b]`
  const flat = `[${name}b][${name}p]overlay=format=rgb:shortest=1`
  // The format follows immediately, so that this filter converts the colours.
  return `${background};${graph},format=rgba[${name}p];${flat},scale=${FILM_COLOURS},format=yuv420p`
}

function movingGraph(footage: Footage, source: string, shots: readonly Shot[], name: string): string {
  const { media } = footage
  const upright = turns(media.orientation)
  const first = ['setpts=PTS-STARTPTS', ...(media.isInterlaced ? ['yadif'] : [])]
  const last = shots.at(-1)
  const frames = last ? last.start + last.frames : 1
  const rate = `fps=${FPS}`
  const filled = `tpad=stop_mode=clone:stop_duration=${Math.ceil(frames / FPS) + 1}`
  const parts = shots.flatMap(settled)
  const [only] = parts
  if (parts.length === 1 && only) {
    // To scale as few frames as possible, a higher rate is reduced before scaling, and a lower one raised after it.
    const isFaster = media.fps !== null && media.fps > FPS
    const filters = viewFilters(footage, only)
    const paced = isFaster ? [rate, ...upright, ...filters] : [...upright, ...filters, rate]
    return `${source}${[...first, ...paced, filled].join(',')}`
  }
  // Every frame goes to only one part, so that no frame is scaled in vain.
  const pads = parts.map((_, index) => `[${name}${index}]`)
  const shared = [...first, rate, ...upright, filled, `split=${parts.length}`]
  const split = `${source}${shared.join(',')}${pads.join('')}`
  const branches = parts.map((part, index) => {
    const end = index === parts.length - 1 ? '' : `:end_frame=${part.start + part.frames}`
    const filters = [
      `trim=start_frame=${part.start}${end}`,
      'setpts=PTS-STARTPTS',
      ...viewFilters(footage, part),
    ]
    return `${pads[index]}${filters.join(',')}[${name}${index}v]`
  })
  const joined = `${pads.map((_, index) => `[${name}${index}v]`).join('')}concat=n=${parts.length}:v=1:a=0`
  return [split, ...branches, joined].join(';')
}

/** Splits a shot of video: the footage itself moves, so the view moves over it only during a film's opening. */
function settled(shot: Shot): Shot[] {
  if (shot.from === shot.to) return [shot]
  const moving = Math.min(OPENING_FRAMES, shot.frames)
  const rest = shot.frames - moving
  const settling = { ...shot, frames: moving }
  if (rest === 0) return [settling]
  return [settling, { ...shot, start: shot.start + moving, frames: rest, from: shot.to }]
}

/** The factor by which a moving view is enlarged before it is scaled down, because it is placed in whole pixels. */
const MOVING_ENLARGEMENT = 1.5

function viewFilters({ media, format, canToneMap }: Footage, shot: Shot): string[] {
  const { from, to } = shot
  const { width, height } = FORMATS[format]
  const window = windowOf(media, width / height, to)
  if (from === to) return [window, ...toSize(media, width, height, canToneMap), 'setsar=1']
  const large = (pixels: number) => Math.round((pixels * MOVING_ENLARGEMENT) / 2) * 2
  // Everything beside the window is already cut off.
  const inside = { ...shot, start: 0, from: { ...from, third: 0 }, to: { ...to, third: 0 } }
  return [
    window,
    ...toSize(media, large(width), large(height), canToneMap),
    'setsar=1',
    zoompan([inside], width, height, 1),
  ]
}

/** The largest part with the target's aspect ratio, in even pixels, so that it contains whole chroma samples. */
function largest(
  { width, height, pixelAspect }: MediaInfo,
  aspect: number,
): { width: number; height: number } {
  const wanted = aspect / pixelAspect
  return width / height > wanted
    ? { width: Math.min(width, even(height * wanted)), height }
    : { width, height: Math.min(height, even(width / wanted)) }
}

function windowOf(media: MediaInfo, aspect: number, view: View): string {
  const base = largest(media, aspect)
  const { zoom } = view
  const [w, h] = zoom === 1 ? [base.width, base.height] : [even(base.width / zoom), even(base.height / zoom)]
  if (zoom === 1 && view.third === 0) return `crop=${w}:${h}`
  const x = Math.round((media.width - w) * leftOf(view, media.width / base.width))
  const y = Math.round((media.height - h) * view.above)
  return `crop=${w}:${h}:${x}:${y}`
}

function even(value: number): number {
  return Math.max(2, Math.floor(value / 2) * 2)
}

/**
 * A still is decoded and scaled once; zoompan then repeats it. zoompan rounds its window to whole input pixels, so the input is
 * larger than the output, and in 4:4:4, where every pixel has its own colour sample.
 */
const STILL_ENLARGEMENT = 1.5

function stillGraph(
  { media, format }: Footage,
  source: string,
  shots: readonly Shot[],
  name: string,
): string {
  const { width, height } = FORMATS[format]
  const large = (pixels: number) => Math.round((pixels * STILL_ENLARGEMENT) / 2) * 2
  const base = largest(media, width / height)
  const [size, colours] = [`scale=${large(width)}:${large(height)}:flags=bicubic`, FILM_COLOURS]
  const last = shots.at(-1)
  const prepared = [...turns(media.orientation), `crop=${base.width}:${base.height}`]
  const moving = ['format=yuv444p', zoompan(shots, width, height, last ? last.start + last.frames : 1)]
  // A picture of unknown pixel format may be transparent too.
  if (media.pixelFormat !== null && !hasAlpha(media))
    return `${source}${['trim=end_frame=1', ...prepared, `${size}:${colours}`, 'setsar=1', ...moving].join(',')}`
  // The background may add a repeated last frame; zoompan must get only one.
  const flat = ['overlay=format=rgb:shortest=1', 'trim=end_frame=1', `scale=${colours}`, ...moving]
  const background = `color=c=${BEHIND_ALPHA}:s=${large(width)}x${large(height)}:r=${FPS}:d=1[${name}b]`
  const picture = `${source}${[...prepared, size, 'setsar=1', 'format=rgba'].join(',')}[${name}p]`
  return `${background};${picture};[${name}b][${name}p]${flat.join(',')}`
}

/** @param repeated the number of output frames per input frame. */
function zoompan(shots: readonly Shot[], width: number, height: number, repeated: number): string {
  const moves = shots.map(({ start, frames, from, to, isSudden }) => {
    const done = `min((on-${start})/${Math.max(1, frames - 1)},1)`
    // A movement starts a little faster than it ends; one that opens a film, much faster.
    const eased = isSudden ? `(1-pow(1-${done},3))` : `(1.4*${done}-0.4*pow(${done},2))`
    const between = (a: number, b: number) => (a === b ? fixed(a) : `${fixed(a)}+(${fixed(b - a)})*${eased}`)
    return {
      start,
      zoom: between(from.zoom, to.zoom),
      x: `(iw-iw/zoom)*(${between(leftOf(from), leftOf(to))})`,
      y: `(ih-ih/zoom)*(${between(from.above, to.above)})`,
    }
  })
  const over = (part: 'zoom' | 'x' | 'y') =>
    moves.reduceRight(
      (rest, move, index) =>
        rest === '' ? move[part] : `if(lt(on,${moves[index + 1]?.start ?? 0}),${move[part]},${rest})`,
      '',
    )
  return `zoompan=z='${over('zoom')}':x='${over('x')}':y='${over('y')}':d=${repeated}:s=${width}x${height}:fps=${FPS}`
}

function fixed(value: number): string {
  return String(Math.round(value * 10_000) / 10_000)
}

/** The eight EXIF orientations as filters. */
export function turns(orientation: number): string[] {
  const filters: Record<number, string[]> = {
    2: ['hflip'],
    3: ['hflip', 'vflip'],
    4: ['vflip'],
    5: ['transpose=0'],
    6: ['transpose=1'],
    7: ['transpose=3'],
    8: ['transpose=2'],
  }
  return filters[orientation] ?? []
}
