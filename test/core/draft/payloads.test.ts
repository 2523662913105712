import { describe, expect, expectTypeOf, it } from 'vitest'
import { type AskedJob, type PayloadInput, payloadOf, readPayload } from '../../../src/core/draft/payloads.ts'
import type { JobQueue } from '../../../src/core/model/jobs.ts'
import { JOB_KINDS } from '../../../src/db/entities/job.ts'

const row = (payload: Record<string, unknown>) => ({ payload })

describe('what jobs carry', () => {
  it('is read from rows that say less than those of today', () => {
    expect(payloadOf('collect', row({ segmentId: 3 }))).toEqual({ segmentId: 3, insist: false, pick: null })
    expect(payloadOf('clip', row({ segmentId: 3 }))).toEqual({ segmentId: 3 })
    expect(payloadOf('sound', row({}))).toEqual({ sound: null })
    expect(payloadOf('cleanup', row({}))).toEqual({ freedBefore: 0, freedBytes: null, report: null })
    const waiting = {
      plannedSeconds: 12.5,
      placeholders: [],
      upload: null,
      film: null,
      music: null,
      musicError: null,
      report: null,
    }
    expect(payloadOf('finalize', row({ plannedSeconds: 12.5 }))).toEqual(waiting)
    // The render of a deleted draft.
    expect(payloadOf('finalize', row({}))).toEqual({ ...waiting, plannedSeconds: null })
  })

  it('is null for what cannot be read, where it is only shown', () => {
    for (const kind of JOB_KINDS) expect(readPayload(kind, null)).toBeNull()
    expect(readPayload('create', row({ topic: 'Tea' }))).toBeNull()
    expect(readPayload('finalize', row({ plannedSeconds: 'many' }))).toBeNull()
    expect(() => payloadOf('clip', row({}))).toThrow('segmentId')
  })

  it('is asked for with what its kind needs', () => {
    type Clip = Extract<AskedJob, { kind: 'clip' }>
    expectTypeOf<Clip['payload']>().toEqualTypeOf<PayloadInput<'clip'>>()
    expectTypeOf<{ segmentId: number }>().toEqualTypeOf<PayloadInput<'clip'>>()
    expectTypeOf<JobQueue>().toExtend<JobQueue<AskedJob>>()
    expectTypeOf<AskedJob>().not.toBeAny()
  })
})
