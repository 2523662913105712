import { expect, it } from 'vitest'
import { driftEvents } from '../../../../src/core/media/captions/drift.ts'
import { foregroundEvents } from '../../../../src/core/media/captions/foreground.ts'
import { eventsOver } from '../../../../src/core/media/clip/over-picture.ts'
import { PLAIN_COLOURS } from '../../../../src/core/media/types.ts'
import { FORMAT_NAMES, FORMATS } from '../../../../src/core/model/formats.ts'
import { overlayOf } from '../../../../src/core/providers/embedded/drawn/drawn-over.ts'
import { SCENE_KINDS } from '../../../../src/core/providers/embedded/drawn/scene-kinds.ts'

const SCENES = FORMAT_NAMES.flatMap((format) => SCENE_KINDS.map((kind) => ({ kind, format })))

const overlay = (id: string, format: (typeof FORMAT_NAMES)[number] = 'shorts') =>
  overlayOf('draft_20260101_000000_abcd', format, id, '')

/** How far events move from left to right, in pixels, or degrees for rotating ones; each value once. */
function ways(events: string[]): number[] {
  const found = events.map((event) => {
    const [, from = 0, to = 0] = /\\move\(([-\d.]+),[-\d.]+,([-\d.]+),/.exec(event) ?? []
    const [, turn] = /\\t\(\d+,\d+,\\frz([-\d.]+)\)/.exec(event) ?? []
    return Math.round(Math.abs(turn === undefined ? Number(to) - Number(from) : Number(turn)))
  })
  return [...new Set(found)].sort((a, b) => a - b)
}

it.each(SCENES)('$kind has two layers before it, the near one of twice the speed: $format', (scene) => {
  const { kind, format } = scene
  const shown = overlay(`${kind}-0-1a2b3c4d-plain`, format)
  const [far = 0, near = 0, ...more] = ways(foregroundEvents(shown, format, [{ from: 0, to: 150 }]))
  expect(more).toEqual([])
  expect(far).toBeGreaterThan(30)
  expect(near).toBeGreaterThan(1.9 * far)
  if (kind !== 'rings') expect(near).toBeGreaterThan(Math.max(...ways(driftEvents(shown, format, 150))))
  // It moves twice as far in twice the time.
  expect(
    Math.abs((ways(foregroundEvents(shown, format, [{ from: 0, to: 300 }]))[1] ?? 0) - 2 * near),
  ).toBeLessThanOrEqual(1)
})

it.each(SCENES)('$kind has them at its sides, in the lower third, and never blurred: $format', (scene) => {
  const { kind, format } = scene
  const { width, height } = FORMATS[format]
  const [left, right] = format === 'shorts' ? [0.42, 0.58] : [0.3, 0.7]
  for (const event of foregroundEvents(overlay(`${kind}-1-00c0ffee-plain`, format), format, [
    { from: 0, to: 1 },
  ])) {
    const [, x = 0, y = 0] = /\\move\(([-\d.]+),([-\d.]+),/.exec(event) ?? []
    const path = /\\p1}(.*){\\p0}/.exec(event)?.[1] ?? ''
    const numbers = path.match(/-?\d+/g)?.map(Number) ?? []
    const across = numbers.filter((_, at) => at % 2 === 0)
    expect(Math.min(...numbers)).toBe(0)
    // The area that players leave to captions in vertical films ends at 70 %.
    expect(Number(y)).toBeGreaterThan(height * (format === 'shorts' ? 0.66 : 0.6))
    const [from, to] = [Number(x), Number(x) + Math.max(...across)]
    expect(to < width * left || from > width * right, `${from} to ${to}`).toBe(true)
    expect(event).not.toContain('blur')
  }
})

it('begins again with each shot, and is there in all of them', () => {
  const shots = [
    { from: 0, to: 60 },
    { from: 60, to: 150 },
  ]
  const events = foregroundEvents(overlay('hills-0-1a2b3c4d-plain'), 'shorts', shots)
  const times = new Set(events.map((event) => event.split(',').slice(1, 3).join(' to ')))
  expect([...times]).toEqual(['0:00:00.00 to 0:00:02.00', '0:00:02.00 to 0:00:05.00'])
  // Where the film's end turns into its beginning, the foreground goes with its picture.
  const left = foregroundEvents(overlay('hills-0-1a2b3c4d-plain'), 'shorts', shots, true)
  const going = left.filter((event) => event.includes('\\fad(0,'))
  expect(going).toEqual(left.filter((event) => event.includes('0:00:05.00')))
})

it('stays until the end of a clip without the film’s last picture', () => {
  const segment = {
    ...{ text: 'x', words: [], voiceFile: 'a.wav', footageFile: 'b.svg', footageKind: 'image' as const },
    ...{ duration: 4, overlay: overlay('hills-0-1a2b3c4d-plain') },
  }
  const endCard = { logoFile: null, callToAction: 'Follow', colours: PLAIN_COLOURS }
  const ending = { footageFile: 'c.svg', footageKind: 'image' as const, keepsWhole: false }
  const style = { format: 'shorts' as const, isBare: true }
  for (const [last, spoken] of [
    [{ endCard }, 75],
    [{ ending }, 120],
  ] as const) {
    const shown = { captions: [], shots: [{ from: 0, to: spoken }], frames: 120 }
    const events = eventsOver({ ...segment, ...last }, style, shown)
    expect(new Set(events.map((event) => event.split(',')[2]))).toEqual(new Set(['0:00:04.00']))
    expect(events.filter((event) => event.includes('\\fad(0,400)'))).toEqual([])
    // The film's own clip is unchanged.
    const own = eventsOver({ ...segment, ...last }, { ...style, isBare: false }, shown)
    const going = own.filter((event) => event.includes('\\fad(0,400)'))
    expect(going.length > 0).toBe('ending' in last)
  }
})

it('is lights before a flag, whatever its scene', () => {
  const flag = overlay('poster-0-1a2b3c4d-flag_kr-plain').near?.kind
  expect(flag).toBe(overlay('bokeh-0-1a2b3c4d-plain').near?.kind)
  expect(flag).not.toBe(overlay('poster-0-1a2b3c4d-plain').near?.kind)
})
