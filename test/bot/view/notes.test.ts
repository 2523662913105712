import { describe, expect, it } from 'vitest'
import { messagePayload } from '../../../src/bot/surfaces/discord/message.ts'
import { toBlocks } from '../../../src/bot/surfaces/slack/message.ts'
import { notesList } from '../../../src/bot/view/notes.ts'
import { segmentMessage } from '../../../src/bot/view/segment-message.ts'
import { en } from '../../../src/bot/words/en.ts'
import { ko } from '../../../src/bot/words/ko.ts'
import type { NoteView, ProposalView } from '../../../src/core/model/read-models.ts'
import { draftRow, segmentRow } from '../../factories/rows.ts'
import { buttonsIn, saidIn } from '../../fakes/chat.ts'

const CREATED = new Date('2026-01-02T03:04:05Z')
const LONG = '긴 메모 '.repeat(100).trim()

function note(id: number, fields: Partial<NoteView> = {}): NoteView {
  const name = `Ann ${id}`
  const written = { segmentId: 10, text: `note ${id}`, authorName: name, createdAt: CREATED }
  return { id, ...written, resolvedByName: null, ...fields }
}

const PROPOSAL: ProposalView = {
  ...{ id: 3, segmentId: 10, instruction: 'calmer', text: 'Other words.' },
  ...{ authorName: 'Ann', provider: 'openai', isStale: false },
}

function card(
  notes: NoteView[],
  proposal: ProposalView | null = null,
  draft = draftRow(),
  words = en,
  total = 3,
) {
  const context = {
    ...{ draft, total, sameFootage: [], betterShownBy: [], unshown: [], clipProblem: null, preview: null },
    ...{ needsPlayButton: true, canRewrite: true, notes, proposal },
  }
  return segmentMessage(segmentRow({ text: LONG }), context, words)
}

describe('the message of a segment', () => {
  it('shows the newest few notes, open ones first, and counts the rest', () => {
    const view = card([note(5, { resolvedByName: 'Ben' }), note(4), note(3), note(2), note(1)])
    const said = saidIn(view)
    expect(said).toMatch(/Note by Ann 4: note 4\nNote by Ann 3: note 3\nNote by Ann 2: note 2\n2 more notes/)
    expect(said).not.toContain('note 5')
    // With several open notes, a button couldn't say which one it resolves.
    expect(Object.keys(buttonsIn(view))).not.toContain('Resolve')
    expect(buttonsIn(view)['Notes (5)']).toBe('notes:draft_20260102_030405_abcd:10:0')
  })

  it('resolves the only open one at once', () => {
    const view = card([note(2, { resolvedByName: '' }), note(1)])
    expect(saidIn(view)).toContain('Note by Ann 1: note 1\nNote by Ann 2, resolved by someone: note 2')
    expect(buttonsIn(view).Resolve).toBe('note_resolve:draft_20260102_030405_abcd:10:1')
  })

  it('shows them while it cannot be edited, and nothing of all this where there are none', () => {
    const draft = draftRow({ status: 'finalized' })
    const view = card([note(1)], PROPOSAL, draft)
    expect(Object.keys(buttonsIn(view))).toEqual(['Resolve', 'Notes (1)', 'Play'])
    expect(saidIn(card([]))).not.toMatch(/note/i)
  })

  it('shows a suggestion below the text, and says when the text has changed since', () => {
    const said = saidIn(card([], PROPOSAL))
    expect(said).toContain('Suggested by OpenAI because Ann asked for “calmer”:\nOther words.')
    expect(said).not.toContain('has changed')
    // A one-line card doesn't show everything that would be replaced.
    expect(saidIn(card([], PROPOSAL, draftRow(), en, 9))).toContain(`${LONG}\nSuggested by OpenAI`)
    const stale = card([], { ...PROPOSAL, isStale: true })
    expect(saidIn(stale)).toContain('The text has changed since this suggestion was written.')
    expect(buttonsIn(stale)).toMatchObject({
      Accept: 'proposal_accept:draft_20260102_030405_abcd:10:3',
      'Edit suggestion': 'proposal_form:draft_20260102_030405_abcd:10:3',
      Dismiss: 'proposal_dismiss:draft_20260102_030405_abcd:10:3',
    })
  })

  it.each([en, ko])('fits both platforms with as much as there can be (%#)', (words) => {
    const notes = Array.from({ length: 50 }, (_, index) =>
      note(50 - index, { text: LONG, authorName: LONG.slice(0, 100) }),
    )
    const view = card(
      notes,
      { ...PROPOSAL, instruction: LONG, text: LONG.repeat(4), isStale: true },
      undefined,
      words,
    )
    for (const each of [view, ...pages(notes, words)]) {
      expect(JSON.stringify(toBlocks(each)).length).toBeLessThan(13_000)
      const discord = JSON.stringify(messagePayload(each).body)
      // No button is left out to make room.
      for (const action of Object.values(buttonsIn(each))) expect(discord).toContain(action)
    }
  })
})

function pages(notes: NoteView[], words = en) {
  const listed = notes.map((each) => ({ ...each, isOwn: true }))
  const about = { draftId: 'draft_20260102_030405_abcd', segmentId: 10 }
  return Array.from({ length: 10 }, (_, page) =>
    notesList({ place: 2, notes: listed }, { ...about, page }, words),
  )
}

describe('the list of notes', () => {
  it('has all of them, five on a page, each with its own buttons', () => {
    const notes = Array.from({ length: 12 }, (_, index) => ({ ...note(12 - index), isOwn: index === 0 }))
    const about = { draftId: 'd', segmentId: 10 }
    const [first, last] = [0, 7].map((page) => notesList({ place: 2, notes }, { ...about, page }, en))
    expect(saidIn(first)).toMatch(/^Notes on segment 2 \(12\)\nNote by Ann 12: .*\nnote 12/)
    const shown = first?.blocks.flatMap((block) => (block.type === 'buttons' ? [block.buttons] : []))
    expect(shown?.map((buttons) => buttons.map(({ label }) => label))).toEqual([
      ['Resolve', 'Delete'],
      ...Array.from({ length: 4 }, () => ['Resolve']),
      ['Older notes', 'Write a note'],
    ])
    // A page that no longer exists shows the last one.
    expect(saidIn(last)).toContain('note 2\n')
    expect(Object.keys(buttonsIn(last))).toEqual(['Resolve', 'Newer notes', 'Write a note'])
    expect(saidIn(notesList({ place: 2, notes: [] }, { ...about, page: 0 }, en))).toContain(
      'There are no notes',
    )
  })
})
