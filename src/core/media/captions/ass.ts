import { FORMATS, type Format, FPS } from '../../model/formats.ts'
import { escapeAss } from './caption-text.ts'
import type { Caption, CaptionLine, CaptionWord } from './captions.ts'
import { type CaptionFont, captionFont } from './fonts.ts'
import { reachOf, roomOf, type Template, TILE } from './templates.ts'

/** From one line's middle to the next one's, in em. */
const LINE_PITCH = 1.26

/**
 * Writes captions as an ASS script. Everything is placed by the widths that were measured: one unit of the
 * script is one pixel, and libass breaks no line by itself (`WrapStyle: 2`).
 */
export function assScript(captions: Caption[], format: Format, template: Template): string {
  const { width, height } = FORMATS[format]
  const font = captionFont(template.weight)
  return `[Script Info]
ScriptType: v4.00+
PlayResX: ${width}
PlayResY: ${height}
WrapStyle: 2
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Text,${font.family},${fixed(template.size[format] * font.sizePerEm)},${bgr(template.colour)},${bgr(template.colour)},${bgr(template.outline.colour)},&H00000000,${font.bold ? -1 : 0},0,0,0,100,100,0,0,1,0,0,4,0,0,0,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${captions.flatMap((caption) => eventsOf(caption, format, template, font)).join('\n')}
`
}

/** Boxes lie lowest, then shadows, then the tile of the spoken word, then the text. */
const LAYERS = { box: 0, shadow: 1, tile: 2, text: 3, spoken: 4 } as const

function eventsOf(caption: Caption, format: Format, template: Template, font: CaptionFont): string[] {
  const place = placeOf(caption, format, template)
  const events = boxEvents(caption, template, place)
  for (const [index, line] of caption.lines.entries()) {
    const x = place.lineLeft(line)
    const y = place.middles[index] ?? 0
    // The line's middle is the middle of its capitals; libass places the middle of its line box.
    const boxY = y - font.capOffset * place.em
    if (template.shadow.opacity > 0) {
      events.push(shadowEvent(caption, line, x, boxY, place.em, template, font))
    }
    if (template.highlight) {
      for (const word of line.words)
        events.push(...wordEvents(caption, word, x, y, boxY, place.em, template, font))
    } else {
      events.push(
        textEvent('text', caption.from, caption.to, x, boxY, place.em, textOf(line), template, font),
      )
    }
  }
  return events
}

interface Place {
  /** Pixels of one em in this caption. */
  em: number
  /** The y of each line's middle. */
  middles: number[]
  lineLeft(line: CaptionLine): number
  left: number
  right: number
  top: number
  bottom: number
}

function placeOf(caption: Caption, format: Format, template: Template): Place {
  const { width, height } = FORMATS[format]
  const room = roomOf(format, template)
  const em = template.size[format] * caption.scale
  const pitch = LINE_PITCH * em
  const reach = reachOf(template)
  const position = template.position[format]
  const between = (caption.lines.length - 1) * pitch
  const last =
    position.edge === 'bottom' ? position.at * height - reach.bottom * em : position.at * height + between / 2
  const first = last - between
  const widest = Math.max(...caption.lines.map((line) => line.width)) * em
  const isFlushLeft = template.align === 'left'
  const isWide = template.box?.isBar ?? false
  const left = isFlushLeft || isWide ? room.left * width : (width - widest) / 2 - reach.left * em
  return {
    em,
    middles: caption.lines.map((_, index) => first + index * pitch),
    lineLeft: (line) => (isFlushLeft ? left + reach.left * em : (width - line.width * em) / 2),
    left,
    right: isWide ? room.right * width : left + widest + (reach.left + reach.right) * em,
    top: first - reach.top * em,
    bottom: last + reach.bottom * em,
  }
}

function boxEvents(caption: Caption, template: Template, place: Place): string[] {
  const { box } = template
  if (!box) return []
  const { left, right, top, bottom, em } = place
  const body = drawing(roundedBox(left, top, right, bottom, box.radius * em), box.colour, box.opacity)
  const events = [event('box', caption.from, caption.to, body)]
  if (box.accent) {
    const strip = roundedBox(left, top, left + box.accent.width * em, bottom, 0)
    events.push(event('shadow', caption.from, caption.to, drawing(strip, box.accent.colour, 1)))
  }
  return events
}

function wordEvents(
  caption: Caption,
  word: CaptionWord,
  lineX: number,
  middle: number,
  boxY: number,
  em: number,
  template: Template,
  font: CaptionFont,
): string[] {
  const { highlight } = template
  if (!highlight) return []
  const x = lineX + word.x * em
  const text = escapeAss(word.text)
  const events: string[] = []
  const plain = (from: number, to: number) => {
    if (to > from) events.push(textEvent('text', from, to, x, boxY, em, text, template, font))
  }
  plain(caption.from, word.from)
  plain(word.to, caption.to)
  if (word.to > word.from) {
    const pad = TILE.padX * em
    const half = (font.capHeight / 2 + TILE.padY) * em
    const right = x + word.width * em + pad
    const tile = roundedBox(x - pad, middle - half, right, middle + half, TILE.radius * em)
    events.push(event('tile', word.from, word.to, drawing(tile, highlight.box, 1)))
    const look = `{\\an4\\pos(${fixed(x)},${fixed(boxY)})\\fs${fixed(em * font.sizePerEm)}\\1c${tagColour(highlight.colour)}\\bord0}`
    events.push(event('spoken', word.from, word.to, look + text))
  }
  return events
}

function textEvent(
  layer: keyof typeof LAYERS,
  from: number,
  to: number,
  x: number,
  y: number,
  em: number,
  text: string,
  template: Template,
  font: CaptionFont,
): string {
  const look = `{\\an4\\pos(${fixed(x)},${fixed(y)})\\fs${fixed(em * font.sizePerEm)}\\bord${fixed(template.outline.width * em)}}`
  return event(layer, from, to, look + text)
}

function shadowEvent(
  caption: Caption,
  line: CaptionLine,
  x: number,
  y: number,
  em: number,
  template: Template,
  font: CaptionFont,
): string {
  const { spread, blur, offset, opacity } = template.shadow
  const look =
    `{\\an4\\pos(${fixed(x)},${fixed(y + offset * em)})\\fs${fixed(em * font.sizePerEm)}` +
    `\\bord${fixed((template.outline.width + spread) * em)}\\blur${fixed(blur * em)}` +
    `\\1c&H000000&\\3c&H000000&\\alpha${alpha(opacity)}}`
  return event('shadow', caption.from, caption.to, look + textOf(line))
}

function textOf(line: CaptionLine): string {
  return escapeAss(
    line.words
      .map((word, index) => {
        const previous = line.words[index - 1]
        const isApart = previous && word.x - previous.x - previous.width > 0.01
        return isApart ? ` ${word.text}` : word.text
      })
      .join(''),
  )
}

function event(layer: keyof typeof LAYERS, from: number, to: number, text: string): string {
  return `Dialogue: ${LAYERS[layer]},${timeOf(from)},${timeOf(to)},Text,,0,0,0,,${text}`
}

/** ASS counts in hundredths; rounded down, a time is always after the frame before and not after its own. */
function timeOf(frame: number): string {
  const hundredths = Math.floor((frame * 100) / FPS)
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = Math.floor(hundredths / 100)
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(hundredths % 100)}`
}

function drawing(shape: string, colour: string, opacity: number): string {
  return `{\\an7\\pos(0,0)\\bord0\\shad0\\1c${tagColour(colour)}\\1a${alpha(opacity)}\\p1}${shape}{\\p0}`
}

/** A rectangle in libass's drawing commands; its corners are cubic curves that come close to a quarter circle. */
function roundedBox(left: number, top: number, right: number, bottom: number, radius: number): string {
  const [l, t, r, b] = [left, top, right, bottom].map(Math.round) as [number, number, number, number]
  const corner = Math.round(Math.min(radius, (r - l) / 2, (b - t) / 2))
  if (corner <= 0) return `m ${l} ${t} l ${r} ${t} l ${r} ${b} l ${l} ${b}`
  const c = Math.round(corner * 0.4477)
  const k = corner
  return (
    `m ${l + k} ${t} l ${r - k} ${t} b ${r - c} ${t} ${r} ${t + c} ${r} ${t + k} ` +
    `l ${r} ${b - k} b ${r} ${b - c} ${r - c} ${b} ${r - k} ${b} ` +
    `l ${l + k} ${b} b ${l + c} ${b} ${l} ${b - c} ${l} ${b - k} ` +
    `l ${l} ${t + k} b ${l} ${t + c} ${l + c} ${t} ${l + k} ${t}`
  )
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/** ASS writes colours as blue, green, red. */
function bgr(colour: string): string {
  return `&H00${colour.slice(5, 7)}${colour.slice(3, 5)}${colour.slice(1, 3)}`.toUpperCase()
}

function tagColour(colour: string): string {
  return `&H${colour.slice(5, 7)}${colour.slice(3, 5)}${colour.slice(1, 3)}&`.toUpperCase()
}

/** ASS counts transparency from 00 (opaque) to FF. */
function alpha(opacity: number): string {
  return `&H${Math.round((1 - opacity) * 255)
    .toString(16)
    .padStart(2, '0')
    .toUpperCase()}&`
}
