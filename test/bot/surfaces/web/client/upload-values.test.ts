import { describe, expect, it } from 'vitest'
import { changeOf, onTopOf, valuesOf } from '../../../../../src/bot/surfaces/web/client/youtube/values.ts'

const details = {
  ...{ upload_id: 1, title: 'Tea', description: 'Leaves.', tags: ['tea', 'green'], category: '22' },
  ...{ privacy: 'private', publish_at: '2100-01-31T18:00:30.000Z', version: 'one' },
}
const opened = valuesOf(details)

describe('a change of the details', () => {
  it('holds only what was touched: the seconds that the time field leaves out stay', () => {
    expect(changeOf(opened, opened)).toEqual({})
    expect(changeOf(opened, { ...opened, title: 'Green tea' })).toEqual({ title: 'Green tea' })
    expect(changeOf(opened, { ...opened, tags: 'tea', category: '10' })).toEqual({
      tags: ['tea'],
      category: '10',
    })
    const later = { ...opened, publishAt: '2101-02-03T04:05' }
    expect(changeOf(opened, later)).toEqual({ publish_at: new Date(2101, 1, 3, 4, 5).toISOString() })
    expect(changeOf(opened, { ...opened, publishAt: '' })).toEqual({ publish_at: null })
  })

  it('ends the schedule of a video that is no longer private', () => {
    const unlisted = { ...opened, privacy: 'unlisted' }
    expect(changeOf(opened, unlisted)).toEqual({ privacy: 'unlisted', publish_at: null })
    const unscheduled = { ...opened, publishAt: '' }
    const change = changeOf(unscheduled, { ...unscheduled, privacy: 'unlisted' })
    expect(change).toEqual({ privacy: 'unlisted' })
  })

  it('goes on top of what somebody else has changed meanwhile', () => {
    const mine = { ...opened, title: 'Mine', description: 'Mine too.' }
    const theirs = valuesOf({ ...details, title: 'Theirs', privacy: 'public', publish_at: null })
    const both = onTopOf(theirs, opened, mine)
    expect(both).toEqual({ ...mine, privacy: 'public', publishAt: '' })
    expect(changeOf(theirs, both)).toEqual({ title: 'Mine', description: 'Mine too.' })
    // Hiding a video that somebody has scheduled meanwhile ends their schedule, or YouTube would refuse it.
    const scheduled = valuesOf(details)
    const before = { ...opened, publishAt: '' }
    const hidden = onTopOf(scheduled, before, { ...before, privacy: 'unlisted' })
    expect(changeOf(scheduled, hidden)).toEqual({ privacy: 'unlisted', publish_at: null })
  })
})
