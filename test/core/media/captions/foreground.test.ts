import { expect, it } from 'vitest'
import { driftEvents } from '../../../../src/core/media/captions/drift.ts'
import { foregroundEvents } from '../../../../src/core/media/captions/foreground.ts'
import { FORMAT_NAMES, FORMATS } from '../../../../src/core/model/formats.ts'
import { overlayOf } from '../../../../src/core/providers/embedded/drawn/drawn-over.ts'

const overlay = (id: string, format: (typeof FORMAT_NAMES)[number] = 'shorts') =>
  overlayOf('draft_20260101_000000_abcd', format, id, '')

/** Pixels that each event moves from left to right. */
function ways(events: string[]): number[] {
  return events.map((event) => {
    const [, from = 0, to = 0] = /\\move\(([-\d.]+),[-\d.]+,([-\d.]+),/.exec(event) ?? []
    return Math.round(Math.abs(Number(to) - Number(from)))
  })
}

it.each(FORMAT_NAMES)(
  'what is near passes faster than what is behind it, and than all lights: %s',
  (format) => {
    const scene = overlay('skyline-0-1a2b3c4d-plain', format)
    const [far = 0, alsoFar = 0, near = 0, alsoNear = 0] = ways(foregroundEvents(scene, format, 150))
    expect([far, near]).toEqual([alsoFar, alsoNear])
    expect(near).toBeGreaterThan(2 * far)
    expect(near).toBeGreaterThan(Math.max(...ways(driftEvents(scene, format, 150))))
    // It goes twice as far in twice the time.
    expect(ways(foregroundEvents(scene, format, 300))[2]).toBeCloseTo(2 * near, -1)
  },
)

it('stands at the sides, below the upper half, and is never blurred', () => {
  const { width, height } = FORMATS.shorts
  for (const kind of ['hills', 'sea', 'leaves', 'skyline']) {
    const events = foregroundEvents(overlay(`${kind}-1-00c0ffee-plain`), 'shorts', 1)
    expect(events).toHaveLength(4)
    for (const event of events) {
      const [, left = 0, top = 0] = /\\move\(([-\d.]+),([-\d.]+),/.exec(event) ?? []
      const path = /\\p1}(.*){\\p0}/.exec(event)?.[1] ?? ''
      const numbers = path.match(/-?\d+/g)?.map(Number) ?? []
      const across = numbers.filter((_, at) => at % 2 === 0)
      expect(Math.min(...numbers)).toBe(0)
      expect(Number(top)).toBeGreaterThan(height / 2)
      const [from, to] = [Number(left), Number(left) + Math.max(...across)]
      expect(to < width * 0.3 || from > width * 0.7).toBe(true)
      expect(event).not.toContain('blur')
    }
  }
})

it.each(['rings', 'planets', 'bokeh', 'halftone'])('%s have no foreground', (kind) => {
  expect(foregroundEvents(overlay(`${kind}-0-1a2b3c4d-icon_coffee-plain`), 'shorts', 90)).toEqual([])
})
