import svgpath from 'svgpath'
import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import type { Overlay } from '../types.ts'
import { drawing, event, fixed, roundedBox, type Span } from './ass-events.ts'

/** An icon's centre as fractions of width and height, and its size as a fraction of the shorter side. */
interface Place {
  x: number
  y: number
  side: number
}

const PLACES: Record<Format, Place> = {
  shorts: { x: 0.485, y: 0.31, side: 0.46 },
  landscape: { x: 0.5, y: 0.36, side: 0.42 },
  square: { x: 0.5, y: 0.33, side: 0.4 },
}
/** An icon shown for fewer frames is only a flicker. */
const SHORTEST = Math.round(0.9 * FPS)
/** Milliseconds in which it appears. */
const ENTER = 260
/** Milliseconds in which it disappears when words appear. */
const LEAVE = 160

/** The ASS events for a clip's icon: it takes the place of the large words before and after them. */
export function iconEvents(overlay: Overlay, format: Format, frames: number, words: Span | null): string[] {
  const free: Span[] = words
    ? [
        { from: 0, to: words.from },
        { from: words.to, to: frames },
      ]
    : [{ from: 0, to: frames }]
  return free
    .filter(({ from, to }) => to - from >= SHORTEST)
    .flatMap((span) => eventsDuring(overlay, format, span, frames))
}

function eventsDuring(
  { icon, colours }: Overlay,
  format: Format,
  { from, to }: Span,
  frames: number,
): string[] {
  if (!icon) return []
  const { width, height }: { width: number; height: number } = FORMATS[format]
  const u = Math.min(width, height) / 1000
  const place = PLACES[format]
  const side = place.side * 1000 * u
  const [x, y] = [place.x * width - side / 2, place.y * height - side / 2]
  const enters = from > 0
  const move = [x, y + (enters ? 30 * u : 0), x, y].map(fixed).join(',')
  const more = `\\fad(${enters ? ENTER : 0},${to < frames ? LEAVE : 0})`
  const placing = { move: `${move},0,${ENTER}`, more }
  // Each of the shade's pixels costs time in every frame, so it is no larger than necessary.
  const r = side * 0.5
  const shade = roundedBox(x + side / 2 - r, y + side / 2 - r, x + side / 2 + r, y + side / 2 + r, r)
  return [
    event('shade', from, to, drawing(shade, colours.shade, 0.42, { more: `\\blur${fixed(26 * u)}${more}` })),
    ...icon.paths.map(({ data, tone }) =>
      event('lettering', from, to, drawing(shapeOf(data, side / icon.side), colours[tone], 1, placing)),
    ),
  ]
}

/** Converts an SVG path to libass's commands, which only have lines and cubic curves. */
function shapeOf(data: string, scale: number): string {
  const commands: string[] = []
  const cubic = (...points: number[]) => commands.push(`b ${points.map(fixed).join(' ')}`)
  svgpath(data)
    .abs()
    .unarc()
    .unshort()
    .scale(scale)
    .iterate(([name, ...numbers], _index, x, y) => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers.map(Number)
      if (name === 'M') commands.push(`m ${fixed(a)} ${fixed(b)}`)
      else if (name === 'L') commands.push(`l ${fixed(a)} ${fixed(b)}`)
      else if (name === 'H') commands.push(`l ${fixed(a)} ${fixed(y)}`)
      else if (name === 'V') commands.push(`l ${fixed(x)} ${fixed(a)}`)
      else if (name === 'C') cubic(a, b, c, d, e, f)
      else if (name === 'Q')
        cubic(
          x + ((a - x) * 2) / 3,
          y + ((b - y) * 2) / 3,
          c + ((a - c) * 2) / 3,
          d + ((b - d) * 2) / 3,
          c,
          d,
        )
    })
  return commands.join(' ')
}
