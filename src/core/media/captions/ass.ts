import { FORMATS, type Format } from '../../model/formats.ts'
import { alpha, drawing, event, fixed, type Layer, roundedBox, tagColour } from './ass-events.ts'
import { escapeAss } from './caption-text.ts'
import type { Caption, CaptionLine, CaptionWord } from './captions.ts'
import { type CaptionFont, captionFont } from './fonts.ts'
import { reachOf, roomOf, type Template, TILE } from './templates.ts'

/** The distance between the middles of adjacent lines, in em. */
const LINE_PITCH = 1.26

/**
 * Writes captions as an ASS script. Everything is placed using measured widths: one unit of the script is one pixel, and
 * libass breaks no lines itself (`WrapStyle: 2`).
 * @param below further events, drawn below the captions.
 */
export function assScript(
  captions: Caption[],
  format: Format,
  template: Template,
  below: readonly string[] = [],
): string {
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
${[...below, ...captions.flatMap((caption) => eventsOf(caption, format, template, font))].join('\n')}
`
}

function eventsOf(caption: Caption, format: Format, template: Template, font: CaptionFont): string[] {
  const place = placeOf(caption, format, template)
  const events = boxEvents(caption, template, place)
  for (const [index, line] of caption.lines.entries()) {
    const x = place.lineLeft(line)
    const y = place.middles[index] ?? 0
    // y is the middle of the line's capitals, but libass places the middle of its line box.
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
  /** The size of one em in this caption, in pixels. */
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
  layer: Layer,
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

/** ASS writes colours as blue, green, red. */
function bgr(colour: string): string {
  return `&H00${colour.slice(5, 7)}${colour.slice(3, 5)}${colour.slice(1, 3)}`.toUpperCase()
}
