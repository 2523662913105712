import { describe, expect, it } from 'vitest'
import { decodeAction, encodeAction, VERBS } from '../../../src/bot/view/action-id.ts'

const LONGEST_DRAFT = `draft_20260102_030405_${'z'.repeat(28)}`
const LARGEST = 999_999_999_999

describe('action ids', () => {
  it('come back as they were, and fit into 100 characters with the longest parts', () => {
    expect(LONGEST_DRAFT).toHaveLength(50)
    for (const verb of VERBS)
      for (const [draftId, segmentId, number] of [
        ['', 0, 0],
        [LONGEST_DRAFT, LARGEST, LARGEST],
      ] as const) {
        const id = encodeAction(verb, draftId, segmentId, number)
        expect(id.length).toBeLessThanOrEqual(100)
        expect(decodeAction(id)).toEqual({ verb, draftId, segmentId, number })
      }
  })

  it.each([
    '',
    'edit',
    'edit:draft',
    'edit:draft:1',
    'edit:draft:1:2:3',
    'fly:draft:1:2',
    'edit:draft:-1:2',
    'edit:draft:1.5:2',
    'edit:draft:x:2',
    'edit:draft:1:',
    'edit:draft:1:9999999999999999',
    'toString:draft:1:2',
    'EDIT:draft:1:2',
  ])('that are none of ours are nothing: %s', (id) => {
    expect(decodeAction(id)).toBeNull()
  })
})
