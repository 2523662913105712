import { describe, expect, it } from 'vitest'
import { messagePayload } from '../../../src/bot/surfaces/discord/message.ts'
import { toBlocks } from '../../../src/bot/surfaces/slack/message.ts'
import { difference } from '../../../src/bot/view/difference.ts'
import { HISTORY_PAGE, historyMessage } from '../../../src/bot/view/history-message.ts'
import { wordsFor } from '../../../src/bot/words/index.ts'
import type { History } from '../../../src/core/draft/history.ts'
import type { Change } from '../../../src/core/draft/revision-changes.ts'
import { draftRow } from '../../factories/rows.ts'
import { saidIn } from '../../fakes/chat.ts'

const KO = wordsFor('ko')
const EN = wordsFor('en')

function history(changes: Change[], revisions = 1, code = 'text_edited'): History {
  return {
    draft: draftRow({ status: 'assets_ready' }),
    revisions: Array.from({ length: revisions }, (_, index) => ({
      ...{ id: index, draftId: 'd', number: 50 - index, actorId: 'b', actorName: 'Ben' },
      ...{
        action: { code, segment: 2 },
        createdAt: new Date(0),
        changes,
        askedBy: null,
        approvedBy: [],
        shapesFilm: true,
      },
    })),
    total: 50,
    current: 50,
    undoable: null,
  }
}

describe('a row of the history', () => {
  it.each<[Change[], string]>([
    [
      [{ what: 'text', place: 2, before: 'Bees dance.', after: 'Bees waltz.' }],
      '“Bees dance.” → “Bees waltz.”',
    ],
    [[{ what: 'keyword', place: 2, before: '', after: 'wax' }], 'Keyword: “” → “wax”'],
    [[{ what: 'duration', place: 2, before: null, after: 4 }], 'Duration: as long as the voice → 4 s'],
    [[{ what: 'take', place: 2, before: 0, after: 1 }], 'take 1 → take 2'],
    [[{ what: 'moved', before: 5, after: 2 }], 'Position: 5 → 2'],
    [[{ what: 'added', place: 3, text: 'New.' }], '+ Segment 3: “New.”'],
    [[{ what: 'removed', place: 3, text: 'Old.' }], '− Segment 3: “Old.”'],
    [
      [
        {
          ...{ what: 'footage', place: 4, after: null },
          before: { provider: 'drawn', id: 'hills-0-1a2b3c4d-icon_coffee-plain', title: 'Hills' },
        },
      ],
      'Segment 4: Footage: Layered hills under a low sun, with an icon (coffee) → none',
    ],
  ])('%j', (changes, line) => {
    expect(
      saidIn(historyMessage(history(changes), 0, EN))
        .split('\n')
        .at(-1),
    ).toBe(line)
  })

  it('is in the reader’s language, titles of our own artwork too', () => {
    const drawn = (id: string) => ({ provider: 'drawn', id, title: 'English' })
    const change: Change = {
      ...{ what: 'footage', place: 2 },
      before: drawn('sea-0-1a2b3c4d-icon_coffee-plain'),
      after: drawn('sea-0-1a2b3c4d-flag_kr-plain'),
    }
    const said = saidIn(historyMessage(history([change], 1, 'footage_chosen'), 0, KO))
    expect(said).toContain('배경 영상: 바다 위의 낮은 해, 아이콘(커피) 포함 → 대한민국 국기')
  })

  it('fits both platforms with the longest changes, with its select and its pages', () => {
    const text = (word: string) => `같은 시작의 긴 내레이션 ${word.repeat(300)}`
    const change: Change = { what: 'text', place: 7, before: text('벌 '), after: text('꿀 ') }
    for (const words of [EN, KO]) {
      const view = historyMessage(history([change, change, change], HISTORY_PAGE), 1, words)
      const { components } = messagePayload(view).body
      const discord = JSON.stringify(components)
      expect(discord).toContain('restore:')
      for (const page of [0, 2]) expect(discord).toMatch(new RegExp(`history:[^"]*:0:${page}"`))
      const texts = [...discord.matchAll(/"content":"([^"]*)"/g)].map(([, content]) => content ?? '')
      // Nothing had to be left out for lack of room.
      expect(texts.filter((each) => each.includes('→'))).toHaveLength(HISTORY_PAGE)
      expect(texts.join('').length).toBeLessThanOrEqual(4000)
      expect(Buffer.byteLength(texts.join(''))).toBeLessThan(10_000)
      const slack = toBlocks(view)
      expect(slack.filter((block) => JSON.stringify(block).includes('→')).length).toBe(HISTORY_PAGE)
      expect(JSON.stringify(slack)).toContain('restore:')
    }
  })
})

describe('a long text before and after', () => {
  it('is shown from where it begins to differ', () => {
    const start = 'Bees find flowers by their colour and smell, and tell each other where they are '
    const [before, after] = difference(`${start}by dancing in the hive.`, `${start}with a waltz.`, 60)
    expect(before).toBe('…where they are by dancing in the hive.')
    expect(after).toBe('…where they are with a waltz.')
    expect(difference('a b', 'a c', 60)).toEqual(['a b', 'a c'])
    for (const text of difference(start.repeat(9), `${start.repeat(9)}more`, 60))
      expect(text.length).toBeLessThanOrEqual(60)
  })
})
