import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import type { MediaInfo } from '../ffmpeg/probe.ts'
import { hasAlpha, toSize } from './colours.ts'
import { leftOf, OPENING_FRAMES, type Shot, type View } from './framing.ts'

/** Footage as one ffmpeg opens it. */
export interface Footage {
  media: MediaInfo
  format: Format
  canToneMap: boolean
}

/** How many times footage is enlarged where its largest part of the frame's shape fills the frame. */
export function enlargement(media: MediaInfo, format: Format): number {
  const { width, height } = FORMATS[format]
  const base = largest(media, width / height)
  return Math.max(width / (base.width * media.pixelAspect), height / base.height)
}

/** Filters from an input to the frames of a clip, shot after shot; `name` keeps its pads apart from others'. */
export function pictureGraph(footage: Footage, source: string, shots: readonly Shot[], name: string): string {
  return footage.media.isImage
    ? stillGraph(footage, source, shots, name)
    : videoGraph(footage, source, shots, name)
}

/** Frames in which the end of a film turns into its beginning. */
const TURN = 15

/**
 * Filters from two inputs to a clip that ends with the picture with which its film begins.
 * @param beginning How the first frame of the film is seen.
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
    // The last frames are wholly those of the beginning.
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

/** Behind what is transparent. */
const BEHIND_ALPHA = '0x14161c'
const FILM_COLOURS = 'out_color_matrix=bt709:out_range=tv'

/** What is transparent in an animation would be shown in whatever colour its pixels happen to have. */
function videoGraph(footage: Footage, source: string, shots: readonly Shot[], name: string): string {
  const graph = movingGraph(footage, source, shots, name)
  if (!hasAlpha(footage.media)) return graph
  const { width, height } = FORMATS[footage.format]
  const background = `color=c=${BEHIND_ALPHA}:s=${width}x${height}:r=${FPS}[${name}b]`
  const flat = `[${name}b][${name}p]overlay=format=rgb:shortest=1`
  // The format follows at once, so that this is what converts the colours.
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
    // The fewer frames, the less to scale: a higher rate is thinned out before, a lower one filled up after.
    const isFaster = media.fps !== null && media.fps > FPS
    const filters = viewFilters(footage, only)
    const paced = isFaster ? [rate, ...upright, ...filters] : [...upright, ...filters, rate]
    return `${source}${[...first, ...paced, filled].join(',')}`
  }
  // Every frame goes to one of the parts only, so that what each is scaled for is used.
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

/** Footage moves by itself; the view moves over it only while a film opens. */
function settled(shot: Shot): Shot[] {
  if (shot.from === shot.to) return [shot]
  const moving = Math.min(OPENING_FRAMES, shot.frames)
  const rest = shot.frames - moving
  const settling = { ...shot, frames: moving }
  if (rest === 0) return [settling]
  return [settling, { ...shot, start: shot.start + moving, frames: rest, from: shot.to }]
}

/** Times its size at which a moving view is made smaller: it is placed in whole pixels. */
const MOVING_ENLARGEMENT = 1.5

function viewFilters({ media, format, canToneMap }: Footage, shot: Shot): string[] {
  const { from, to } = shot
  const { width, height } = FORMATS[format]
  const window = windowOf(media, width / height, to)
  if (from === to) return [window, ...toSize(media, width, height, canToneMap), 'setsar=1']
  const large = (pixels: number) => Math.round((pixels * MOVING_ENLARGEMENT) / 2) * 2
  // What is beside the window is cut off before.
  const inside = { ...shot, start: 0, from: { ...from, third: 0 }, to: { ...to, third: 0 } }
  return [
    window,
    ...toSize(media, large(width), large(height), canToneMap),
    'setsar=1',
    zoompan([inside], width, height, 1),
  ]
}

/** The largest part of the target's shape, in whole pixels that a chroma sample does not share with others. */
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
 * A still is decoded and scaled once; zoompan then repeats it. It rounds its window to whole pixels of its
 * input, so the input is made larger than the output, and in 4:4:4, where a pixel is not half a colour sample.
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
  // What says nothing of its pixels may be transparent, too.
  if (media.pixelFormat !== null && !hasAlpha(media))
    return `${source}${['trim=end_frame=1', ...prepared, `${size}:${colours}`, 'setsar=1', ...moving].join(',')}`
  // The background may carry a last repetition of its own; zoompan must see one frame.
  const flat = ['overlay=format=rgb:shortest=1', 'trim=end_frame=1', `scale=${colours}`, ...moving]
  const background = `color=c=${BEHIND_ALPHA}:s=${large(width)}x${large(height)}:r=${FPS}:d=1[${name}b]`
  const picture = `${source}${[...prepared, size, 'setsar=1', 'format=rgba'].join(',')}[${name}p]`
  return `${background};${picture};[${name}b][${name}p]${flat.join(',')}`
}

/** @param repeated Frames that are made of each frame. */
function zoompan(shots: readonly Shot[], width: number, height: number, repeated: number): string {
  const moves = shots.map(({ start, frames, from, to, isSudden }) => {
    const done = `min((on-${start})/${Math.max(1, frames - 1)},1)`
    // A movement begins a little faster than it ends; one that opens a film, at once.
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
