import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { otioOf } from '../../../../src/core/media/editing/otio.ts'
import { placesOf, TIMELINE } from './timelines.ts'

/**
 * The fields of each kind according to OpenTimelineIO's “Serialized Data Documentation” (docs/tutorials/otio-serialized-schema.md
 * in its repository); `enabled`, `media_references` and `active_media_reference_key` are those of version 0.15, which introduced
 * Clip.2.
 */
const kind = (schema: string, properties: object) => ({
  type: 'object',
  properties: { OTIO_SCHEMA: { const: schema }, ...properties },
  required: ['OTIO_SCHEMA', ...Object.keys(properties)],
  additionalProperties: false,
})
const named = { metadata: { type: 'object' }, name: { type: 'string' } }
const ref = (name: string) => ({ $ref: `#/$defs/${name}` })
const itemOf = (range: object) => ({
  ...named,
  source_range: range,
  effects: { type: 'array' },
  markers: { type: 'array' },
  enabled: { type: 'boolean' },
})
const optional = { anyOf: [ref('range'), { type: 'null' }] }
const SCHEMA = {
  $defs: {
    time: kind('RationalTime.1', {
      rate: { type: 'number', exclusiveMinimum: 0 },
      value: { type: 'number' },
    }),
    range: kind('TimeRange.1', { start_time: ref('time'), duration: ref('time') }),
    media: kind('ExternalReference.1', {
      ...named,
      available_range: ref('range'),
      available_image_bounds: { type: 'null' },
      target_url: { type: 'string', pattern: '^[!-~]+$' },
    }),
    clip: kind('Clip.2', {
      ...itemOf(ref('range')),
      media_references: { type: 'object', additionalProperties: ref('media'), minProperties: 1 },
      active_media_reference_key: { const: 'DEFAULT_MEDIA' },
    }),
    gap: kind('Gap.1', itemOf(ref('range'))),
    track: kind('Track.1', {
      ...itemOf(optional),
      kind: { enum: ['Video', 'Audio'] },
      children: { type: 'array', items: { anyOf: [ref('clip'), ref('gap')] } },
    }),
    stack: kind('Stack.1', { ...itemOf(optional), children: { type: 'array', items: ref('track') } }),
  },
  ...kind('Timeline.1', { ...named, global_start_time: ref('time'), tracks: ref('stack') }),
}

const Time = z.object({ rate: z.number(), value: z.number() })
const Range = z.object({ start_time: Time, duration: Time })
const Media = z.object({ target_url: z.string(), available_range: Range })
const Child = z.object({ source_range: Range, media_references: z.record(z.string(), Media).optional() })
const Document = z.object({
  name: z.string(),
  tracks: z.object({ children: z.array(z.object({ kind: z.string(), children: z.array(Child) })) }),
})

/** Reads it as an editing program would: the items of a track in sequence, each with its source range. */
function read(json: string) {
  const { name, tracks } = Document.parse(JSON.parse(json))
  const parts = tracks.children.flatMap(({ children }) => {
    let at = 0
    return children.flatMap(({ source_range: { duration }, media_references }) => {
      const start = at
      at += duration.value
      const media = media_references?.DEFAULT_MEDIA
      if (!media) return []
      const { target_url, available_range } = media
      return [
        {
          ...{ file: decodeURI(target_url), start, frames: duration.value },
          available: available_range.duration.value,
        },
      ]
    })
  })
  return { name, kinds: tracks.children.map(({ kind }) => kind), parts }
}

it('has the published shape, and read back plays every file at the very frame', () => {
  const json = otioOf(TIMELINE)
  const validate = new Ajv({ strict: false }).compile(SCHEMA)
  validate(JSON.parse(json))
  expect(validate.errors).toBeNull()
  const found = read(json)
  expect(found.parts).toEqual(placesOf(TIMELINE))
  expect(found).toMatchObject({ name: TIMELINE.title, kinds: ['Video', 'Audio', 'Audio'] })
  validate(JSON.parse(json.replaceAll('"Gap.1"', '"Gap.9"')))
  expect(validate.errors).not.toBeNull()
})

it('does without music, and keeps a rate that is no whole number', () => {
  const json = otioOf({ ...TIMELINE, rate: { frames: 30_000, seconds: 1001 }, music: null })
  expect(read(json).kinds).toEqual(['Video', 'Audio'])
  expect(json).toContain(`"rate": ${30_000 / 1001}`)
})
