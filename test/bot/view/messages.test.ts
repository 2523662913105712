import { describe, expect, it } from 'vitest'
import { decodeAction } from '../../../src/bot/view/action-id.ts'
import { controlsMessage } from '../../../src/bot/view/controls.ts'
import { draftMessage } from '../../../src/bot/view/draft-message.ts'
import { type SegmentContext, segmentMessage } from '../../../src/bot/view/segment-message.ts'
import type { Shown } from '../../../src/bot/view/shown.ts'
import type { Button, MessageView } from '../../../src/bot/view/types.ts'
import { filmMessage, readyMessage } from '../../../src/bot/view/video-message.ts'
import { en, type Words } from '../../../src/bot/words/en.ts'
import { ko } from '../../../src/bot/words/ko.ts'
import { ProviderError, UserError } from '../../../src/core/model/errors.ts'
import { storedFailure, storedReasons } from '../../../src/core/model/failure.ts'
import { type Draft, STATUSES } from '../../../src/db/entities/draft.ts'
import type { Segment } from '../../../src/db/entities/segment.ts'
import { draftRow, jobRow, segmentRow } from '../../factories/rows.ts'
import { saidIn } from '../../fakes/chat.ts'

function shown(fields: Partial<Shown> = {}): Shown {
  const draft = draftRow()
  return {
    ...{ draftId: draft.draftId, draft, segments: [segmentRow(), segmentRow({ id: 11, segmentIndex: 1 })] },
    ...{
      isCollecting: false,
      clipProblems: [],
      creating: null,
      isOwnScript: false,
      render: null,
      video: null,
      canUndo: true,
      canRedo: false,
    },
    uploadsTo: null,
    approvals: { needed: 0, roleName: null, by: [], standing: 0, film: 0 },
    ready: { isReady: true },
    ...{ expiresInDays: null, cost: null, notes: [], proposals: [] },
    ...fields,
  }
}

const CONTEXT: SegmentContext = {
  draft: draftRow(),
  total: 3,
  sameFootage: [],
  betterShownBy: [],
  unshown: [],
  clipProblem: null,
  preview: null,
  needsPlayButton: false,
  canRewrite: true,
  notes: [],
  proposal: null,
}

/** Everything that a view says, including progress. */
function said(view: MessageView): string {
  const bars = view.blocks.flatMap((block) =>
    block.type === 'progress' ? [`${block.label} ${Math.round(block.fraction * 100)}%`] : [],
  )
  return [saidIn(view), ...bars].join('\n')
}

function buttons({ blocks }: MessageView): Button[] {
  return blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
}

const labels = (view: MessageView) => buttons(view).map(({ label }) => label)
const items = ({ blocks }: MessageView) =>
  blocks.flatMap((block) => (block.type === 'menu' ? block.menu.items.map(({ label }) => label) : []))

describe('the last message', () => {
  const controls = (fields: Partial<Shown>, words: Words = en) => {
    const { draft, ...rest } = shown(fields)
    if (!draft) throw new Error('There is no draft.')
    return controlsMessage({ ...rest, draft }, draft, 'https://chat.test/top', words)
  }
  const render = (view: MessageView) => buttons(view).find(({ label }) => label === 'Render')
  const notReady = (why: 'making' | 'missing' | 'approvals') => ({ ready: { isReady: false as const, why } })

  it('has all that is done with the draft as a whole, and a way to the top', () => {
    const approvals = { needed: 0, roleName: null, by: [], standing: 0, film: 7 }
    const view = controls({ approvals, ready: { isReady: true } })
    expect(labels(view)).toEqual([
      ...['Render', 'Watch', 'Approve', 'Studio', 'Undo', 'Redo', 'Change look', 'More…'],
    ])
    expect(said(view)).toContain('↑ To the top <https://chat.test/top>')
    expect(said(view)).toContain('Vertical 9:16 · Clean captions · Calm music, 25%')
    const [, , approve, , undo, redo] = buttons(view)
    expect(decodeAction(approve?.action ?? '')).toMatchObject({ verb: 'approve', number: 7 })
    expect([undo?.disabled, redo?.disabled]).toEqual([false, true])
    expect(labels(controls({ draft: draftRow({ status: 'converting' }) }))).toEqual([
      'Cancel',
      'Studio',
      'More…',
    ])
    expect(labels(controls({ draft: draftRow({ status: 'finalized' }) }))).toEqual([
      ...['Watch', 'Download', 'Make changes', 'Studio', 'More…'],
    ])
  })

  it.each([
    ['making', 'Render waits for them'],
    ['missing', 'Render makes it first'],
    ['approvals', 'Not approved yet'],
  ] as const)('shows Render as ready only when it is, and says what it waits for: %s', (why, sentence) => {
    const segments = [segmentRow({ footageError: why === 'missing' ? 'Nothing fits.' : null })]
    const waiting = controls({ segments, ...notReady(why) })
    expect(render(waiting)?.style).toBe('secondary')
    expect(said(waiting)).toContain(sentence)
    const ready = controls({ ready: { isReady: true } })
    expect(render(ready)?.style).toBe('success')
    expect(said(ready)).toContain('Ready to render')
    expect(said(controls(notReady(why), ko))).toMatch(/[가-힣]{3}/)
  })

  it('changes with no progress, so that it costs few edits', () => {
    const draft = draftRow({ status: 'editing' })
    const some = [segmentRow({ ttsLocalPath: null }), segmentRow({ videoLocalPath: null })]
    const one = controls({ draft, ...notReady('making') })
    expect(controls({ draft, segments: some, ...notReady('making') })).toEqual(one)
    const rendering = draftRow({ status: 'converting' })
    const at = (progress: number) => controls({ draft: rendering, render: jobRow({ progress }) })
    expect(at(0.1)).toEqual(at(0.9))
  })
})

describe('the top message', () => {
  it.each(STATUSES)('says what a draft in the status %s is at, in both languages', (status) => {
    for (const words of [en, ko]) {
      const view = draftMessage(shown({ draft: draftRow({ status, title: '차 “Tea”' }) }), words)
      expect(view.summary).toBe(`차 “Tea” · ${words.status[status]}`)
      expect(said(view)).toContain(words.status[status])
      for (const { action } of buttons(view)) expect(decodeAction(action)).not.toBeNull()
    }
  })

  it('offers what can be done in each status', () => {
    const offered = (status: (typeof STATUSES)[number]) =>
      labels(draftMessage(shown({ draft: draftRow({ status }) }), en))
    expect(offered('editing')).toEqual(['Settings', 'Add segment', 'Arrange', 'Studio'])
    expect(offered('assets_ready')).toEqual(['Settings', 'Add segment', 'Arrange', 'Studio'])
    expect(offered('converting')).toEqual(['Cancel'])
    const collecting = shown({ draft: draftRow({ status: 'editing' }), isCollecting: true })
    expect(labels(draftMessage(collecting, en))).toEqual([
      ...['Settings', 'Add segment', 'Arrange', 'Studio', 'Cancel'],
    ])
    expect(offered('finalized')).toEqual([])
  })

  it('shows the finished video where it is what the channel shows', () => {
    const poster = { path: 'videos/a.jpg', name: 'a.jpg', kind: 'image' as const, alt: '' }
    const film = { link: 'https://chat.test/film', poster }
    const view = draftMessage(shown({ draft: draftRow({ status: 'finalized' }) }), en, film)
    expect(view.blocks).toContainEqual({ type: 'files', files: [poster] })
    expect(said(view)).toContain('Go to the video <https://chat.test/film>')
    expect(labels(view)).toEqual(['Watch', 'Download', 'Make changes'])
  })

  it('shows lengths, planned and real, and guesses while voices are missing', () => {
    expect(said(draftMessage(shown(), en))).toContain('5 s (planned 30 s)')
    const one = segmentRow({ ttsLocalPath: null, ttsDuration: null })
    expect(said(draftMessage(shown({ segments: [one, segmentRow()] }), en))).toContain(
      'about 5 s (planned 30 s)',
    )
    expect(said(draftMessage(shown({ segments: [one] }), en))).toContain('planned 30 s')
    expect(said(draftMessage(shown({ segments: [] }), en))).toContain('planned 30 s')
    const own = shown({ isOwnScript: true })
    expect(said(draftMessage(own, en))).toMatch(/5 s/)
    for (const words of [en, ko])
      for (const each of [own, { ...own, segments: [] }])
        expect(said(draftMessage(each, words))).not.toMatch(/planned|목표|· {2}·/)
  })

  it('shows progress while assets are made and while it renders', () => {
    const draft = draftRow({ status: 'editing' })
    const segments = [segmentRow({ ttsLocalPath: null }), segmentRow()]
    expect(said(draftMessage(shown({ draft, segments }), en))).toContain('Voices 1/2 · Footage 2/2 75%')
    const render = jobRow({ state: 'running', progress: 0.4 })
    const converting = draftRow({ status: 'converting' })
    expect(said(draftMessage(shown({ draft: converting, render }), en))).toContain('Rendering the video 40%')
  })

  it('counts the segments of an outline that nobody has written yet, and no longer when they are', () => {
    const blank = segmentRow({ text: 'It began here. [Your fact: where it began.]' })
    const written = segmentRow({ text: 'It began in a [small] garage.' })
    const says = (isOutline: boolean, segments: Segment[], status: Draft['status'] = 'assets_ready') =>
      said(draftMessage(shown({ draft: draftRow({ isOutline, status }), segments }), en))
    expect(says(true, [blank, written, blank])).toContain('2 of 3 segments are still placeholders. Replace')
    expect(says(true, [blank, written])).toContain('1 of 2 segments is still a placeholder.')
    expect(says(true, [written, written])).not.toContain('placeholder')
    // Not an outline: the brackets are the author's own.
    expect(says(false, [blank, blank])).not.toContain('placeholder')
    expect(says(true, [blank, written], 'finalized')).not.toContain('Replace')
    const inKorean = draftMessage(shown({ draft: draftRow({ isOutline: true }), segments: [blank] }), ko)
    expect(said(inKorean)).toContain('장면 1개 중 1개에 아직 빈칸이 있습니다. [ ] 안의 글을')
  })

  it('remarks on outlines, failed and cancelled renders, expiry, cost, and other topics', () => {
    const draft = draftRow({
      isOutline: true,
      notice: 'OpenAI is away.',
      otherTopics: ['Milk', 'Rice'],
      tags: ['a b'],
    })
    const view = draftMessage(
      shown({
        draft,
        segments: [segmentRow({ text: '[Your fact: one.]' })],
        render: jobRow({ state: 'failed', error: 'The disk is full.' }),
        expiresInDays: 1,
        cost: { usd: 0.01234, unknownModels: ['mystery'], tokens: 10, characters: 0 },
      }),
      en,
    )
    const text = said(view)
    for (const part of ['still a placeholder', 'OpenAI is away.', '#a b', 'The disk is full.', 'in a day'])
      expect(text).toContain(part)
    const [other] = view.blocks.flatMap((block) => (block.type === 'select' ? [block.select] : []))
    expect(other?.options.map(({ label }) => label)).toEqual(['Milk', 'Rice'])
    expect(text).toContain('$0.0123')
    expect(text).toContain('price unknown for mystery')
    expect(said(draftMessage(shown({ render: jobRow({ state: 'cancelled' }) }), en))).toContain(
      'was cancelled',
    )
  })

  it('shows a draft whose script is being written, and one whose script failed', () => {
    const asked = { topic: 'Tea', hasScript: false, language: 'en' }
    const creating = { ...jobRow({ kind: 'create', state: 'running' }), ...asked }
    const view = draftMessage(shown({ draft: null, segments: [], creating }), en)
    expect(view).toMatchObject({ tone: 'busy', summary: 'Writing a script about “Tea”…' })
    expect(said(view)).toContain('Started by Ann')
    expect(labels(view)).toEqual(['Cancel'])
    const failed = { ...creating, state: 'failed' as const, error: 'No service answered.' }
    const sad = draftMessage(shown({ draft: null, segments: [], creating: failed }), en)
    expect(said(sad)).toContain('No service answered.')
    expect(labels(sad)).toEqual(['Retry'])
  })

  it('shortens a long description visibly', () => {
    const description = '긴 설명 👩‍👩‍👧‍👦 '.repeat(150)
    const block = draftMessage(shown({ draft: draftRow({ description }) }), en).blocks[1]
    const text = block && 'text' in block ? String(block.text) : ''
    expect(text.length).toBeLessThanOrEqual(1000)
    expect(text).toMatch(/…$/)
    expect(text.isWellFormed()).toBe(true)
  })
})

describe('the message of a segment', () => {
  it('shows place, length, text, query, credit and editor', () => {
    const segment = segmentRow({ editedByName: 'Ben', videoPageUrl: 'https://pexels.test/7', duration: 3.5 })
    const view = segmentMessage(segment, CONTEXT, en)
    const text = said(view)
    for (const part of [
      'Segment 1 of 3',
      '3.5 s',
      'Words.',
      'query',
      'word',
      'Kim / Pexels <https://pexels.test/7>',
      'Ben',
    ])
      expect(text).toContain(part)
    expect(labels(view)).toEqual(['Edit', 'Footage', 'New take'])
    expect(buttons(view).map(({ action }) => decodeAction(action))).toEqual(
      ['edit_form', 'footage', 'revoice'].map((verb) => ({
        ...{ verb, draftId: 'draft_20260102_030405_abcd', segmentId: 10, number: 1 },
      })),
    )
  })

  it('offers in its menu what can be done at its place', () => {
    const at = (segmentIndex: number, total: number) =>
      items(segmentMessage(segmentRow({ segmentIndex }), { ...CONTEXT, total, canRewrite: false }, en))
    const first = ['Move to…', 'Insert after', 'Note', 'Split in two']
    expect(at(0, 3)).toEqual([...first, 'Merge with next', 'Move down', 'Remove'])
    expect(at(1, 3)).toEqual([...first, 'Merge with next', 'Move up', 'Move down', 'Remove'])
    expect(at(2, 3)).toEqual([...first, 'Move up', 'Remove'])
    expect(at(0, 1)).toEqual(['Insert after', 'Note', 'Split in two'])
    expect(items(segmentMessage(segmentRow(), CONTEXT, en))).toContain('Rewrite')
  })

  it('says what is coming, what failed, and what is the same as elsewhere', () => {
    const coming = segmentRow({ ttsLocalPath: null, ttsDuration: null, videoLocalPath: null })
    expect(said(segmentMessage(coming, CONTEXT, en))).toContain('Recording the voice… Finding footage…')
    const failed = segmentRow({ ttsLocalPath: null, voiceError: 'The voice is away.' })
    const view = segmentMessage(failed, CONTEXT, en)
    expect(view.tone).toBe('bad')
    expect(said(view)).toContain('The voice is away.')
    expect(said(view)).not.toContain('Recording the voice')
    expect(labels(view)).toContain('Retry')
    const stored = storedFailure(new UserError('disk_full'))
    const inKorean = segmentMessage({ ...failed, voiceError: stored }, CONTEXT, ko)
    expect(said(inKorean)).toContain(ko.errors.disk_full(undefined))
    expect(said(segmentMessage(segmentRow(), { ...CONTEXT, sameFootage: [2, 3] }, en))).toContain(
      'same as in segments 2, 3',
    )
  })

  it('has no controls while it cannot be edited, but can be played', () => {
    for (const status of ['converting', 'finalized'] as const) {
      const draft = draftRow({ status })
      expect(buttons(segmentMessage(segmentRow(), { ...CONTEXT, draft }, en))).toEqual([])
      const playable = segmentMessage(segmentRow(), { ...CONTEXT, draft, needsPlayButton: true }, en)
      expect(labels(playable)).toEqual(['Play'])
      expect(items(playable)).toEqual([])
    }
  })

  it('shortens what is too long for a message, and never inside of a character', () => {
    const segment = segmentRow({
      text: '👩‍👩‍👧‍👦'.repeat(180),
      imageSearchQuery: 'x'.repeat(500),
      keyword: 'k'.repeat(200),
    })
    const view = segmentMessage(segment, CONTEXT, en)
    expect(said(view).length).toBeLessThan(2000)
    expect(said(view).isWellFormed()).toBe(true)
    expect(view.summary.length).toBeLessThanOrEqual(120)
    expect(said(view)).toMatch(/👩‍👩‍👧‍👦…/u)
  })
})

describe('the message of a segment of a long draft', () => {
  const still = { path: 'previews/a.jpg', name: 'segment-1.jpg', kind: 'image' as const, alt: 'Words.' }
  const long = { ...CONTEXT, total: 9, preview: still }

  it('has one line of text, its number and length, a still, and Edit and More', () => {
    const segment = segmentRow({
      text: 'A bee that has found flowers\nflies home at once and dances.',
      editedByName: 'Ben',
    })
    const view = segmentMessage(segment, long, en)
    expect(view.blocks[0]).toEqual({
      type: 'item',
      text: [{ bold: '1' }, ' · 2 s', ' · A bee that has found flowers flies home at once and…'],
      note: '',
      thumbnail: still,
    })
    expect([view.isCompact, labels(view)]).toEqual([true, ['Edit', 'Play']])
    expect(items(view)).toEqual([
      ...['Footage', 'New take', 'Move to…', 'Insert after', 'Note', 'Split in two'],
      ...['Merge with next', 'Rewrite', 'Move down', 'Remove'],
    ])
    expect(segmentMessage(segment, { ...long, total: 8 }, en).blocks[0]?.type).toBe('text')
  })

  it('takes letters that are twice as wide for two', () => {
    const korean = segmentRow({ text: '꽃을 찾은 꿀벌은 집으로 돌아와 춤을 추고 다시 들판으로 날아갑니다.' })
    expect(said(segmentMessage(korean, long, ko))).toBe(
      '1 · 2초 · 꽃을 찾은 꿀벌은 집으로 돌아와 춤을 추고 다시 들판…',
    )
  })

  it('says what is missing, being made, wrong, and the same as elsewhere', () => {
    const coming = segmentRow({ ttsLocalPath: null, ttsDuration: null, videoLocalPath: null })
    const view = segmentMessage(coming, { ...long, preview: null }, en)
    expect(view.blocks[0]).toMatchObject({
      text: [{ bold: '1' }, ' · Words.'],
      note: 'Recording the voice… · Finding footage…',
      thumbnail: null,
    })
    expect(labels(view)).toEqual(['Edit'])
    const failed = segmentMessage(
      segmentRow({ footageError: 'Nothing fits.', videoLocalPath: null }),
      long,
      en,
    )
    expect([failed.tone, said(failed).includes('Nothing fits.'), labels(failed)]).toEqual([
      'bad',
      true,
      ['Edit', 'Retry'],
    ])
    const same = segmentMessage(segmentRow(), { ...long, sameFootage: [2, 3], betterShownBy: [2] }, en)
    expect(same.blocks[0]).toMatchObject({ note: 'same footage as segments 2, 3' })
    expect(said(segmentMessage(segmentRow(), { ...long, unshown: ['ש'] }, en))).toContain('caption font')
  })

  it('is left with its clip once it cannot be edited', () => {
    const finished = { ...long, draft: draftRow({ status: 'finalized' }) }
    const view = segmentMessage(segmentRow(), finished, en)
    expect([labels(view), items(view)]).toEqual([['Play'], []])
  })
})

it('says which language was guessed, and offers another', () => {
  const notice = storedReasons([new UserError('language_guessed', { language: 'pt' })])
  const view = draftMessage(shown({ draft: draftRow({ notice }) }), en)
  expect(said(view)).toContain('The script seems to be in Portuguese. If it is not, change the language.')
  expect(labels(view)).toContain('Change language')
  const korean = draftMessage(shown({ draft: draftRow({ notice }) }), ko)
  expect(said(korean)).toContain('대본 언어를 포르투갈어로 판단했습니다.')
  expect(labels(korean)).toContain('언어 바꾸기')
  expect(labels(draftMessage(shown(), en))).not.toContain('Change language')
})

it('names in a segment what no font has', () => {
  const view = (words: Words, unshown: string[]) =>
    said(segmentMessage(segmentRow(), { ...CONTEXT, unshown }, words))
  expect(view(en, [])).not.toContain('caption font')
  expect(view(en, ['木漏れ日', 'ש'])).toContain(
    'The caption font is missing these characters, so the video will not show them: 木漏れ日, ש',
  )
  expect(view(ko, ['木漏れ日'])).toContain('자막 글꼴에 없는 글자라서 자막에 표시되지 않습니다: 木漏れ日')
})

describe('the message of a video', () => {
  const video = {
    ...{ job: jobRow(), path: 'videos/a.mp4', bytes: 5 * 1024 * 1024, credits: [], links: [] },
    musicError: null,
    people: [],
    canUpload: false,
  }
  const file = { path: 'videos/a.mp4', name: 'a.mp4', kind: 'video' as const, alt: '' }

  it('shows it with its length, size and credits', () => {
    const credits = [
      { name: 'Kim', provider: 'pexels', url: 'https://pexels.test/7' },
      { name: '', provider: 'pixabay', url: null },
    ]
    const view = filmMessage(
      draftRow(),
      { ...video, credits },
      { file, isCopy: false, beside: [], poster: null, limit: 10 },
      en,
    )
    expect(said(view)).toContain('12.3 s · 5.0 MB')
    expect(said(view)).toContain('Credits: Kim (Pexels) <https://pexels.test/7>, Pixabay')
    expect(view.blocks).toContainEqual({ type: 'files', files: [file] })
  })

  it('holds whole the addresses of which the video shows the domains', () => {
    const links = ['https://example.com/a?b=c', 'example.com/path', `https://example.com/${'x'.repeat(2000)}`]
    const view = filmMessage(
      draftRow(),
      { ...video, links },
      { file, isCopy: false, beside: [], poster: null, limit: 10 },
      en,
    )
    expect(said(view)).toContain('Links:\nhttps://example.com/a?b=c\nexample.com/path')
    expect(said(view)).not.toContain('xxx')
  })

  it('says why other music was taken, in the language of the thread', () => {
    const sent = { file, isCopy: false, beside: [], poster: null, limit: 10 }
    expect(said(filmMessage(draftRow(), video, sent, en))).not.toContain('music')
    const musicError = storedReasons([
      new ProviderError('folder', 'unavailable', 'The folder cannot be read.'),
    ])
    const view = (words: Words) => said(filmMessage(draftRow(), { ...video, musicError }, sent, words))
    expect(view(en)).toContain('Different music was used. The folder cannot be read.')
    expect(view(ko)).toMatch(/다른 음악을 사용했습니다\. 팀 음악 폴더/)
  })

  it('notifies those who wait for it, and leads there', () => {
    const people = [
      { id: '7', name: 'Ann' },
      { id: '8', name: 'Ben' },
    ]
    const view = readyMessage(
      draftRow(),
      { ...video, people },
      { link: 'https://chat.test/9', sent: null },
      en,
    )
    expect(view.notifies).toEqual(['7', '8'])
    expect(said(view)).toContain('@Ann @Ben The video “')
    expect(said(view)).toContain('Go to the video <https://chat.test/9>')
  })

  it('shows its poster where it cannot be sent, and says so while the draft is worked on again', () => {
    const poster = { path: 'videos/a.jpg', name: 'a.jpg', kind: 'image' as const, alt: '' }
    const sent = { file: null, isCopy: true, beside: [], poster, limit: 10 }
    const finished = filmMessage(draftRow({ status: 'finalized' }), video, sent, en)
    expect(finished.blocks).toContainEqual({ type: 'files', files: [poster] })
    expect(labels(finished)).toEqual(['Watch', 'Download', 'Make changes'])
    const reopened = filmMessage(draftRow({ status: 'editing' }), video, sent, en)
    expect(said(reopened)).toContain('Changes are being made.')
    expect(labels(reopened)).toEqual(['Watch', 'Download'])
    expect(finished.notifies).toBeUndefined()
  })

  it('offers an upload where there is a channel, beside four others, and leads to the platform', () => {
    const sent = { file, isCopy: false, beside: [], poster: null, limit: 10 }
    const finished = draftRow({ status: 'finalized' })
    const offered = { ...video, canUpload: true }
    expect(labels(filmMessage(finished, offered, sent, en))).toEqual([
      ...['Watch', 'Download', 'Upload…', 'Make changes'],
    ])
    expect(labels(filmMessage(draftRow(), offered, sent, en))).toEqual(['Watch', 'Download'])
    const card = controlsMessage(shown({ draft: finished, video: offered }), finished, null, en)
    expect(labels(card)).toEqual(['Watch', 'Download', 'Upload…', 'Make changes', 'Studio', 'More…'])
    const rows = card.blocks.filter(({ type }) => type === 'buttons')
    expect(rows.map((row) => row.type === 'buttons' && row.buttons.length)).toEqual([4, 2])
    const job = jobRow({ youtubeUrl: 'https://youtu.be/x' })
    expect(said(filmMessage(finished, { ...video, job }, sent, en))).toContain(
      'Watch on YouTube <https://youtu.be/x>',
    )
  })

  it('is announced with its channel, before there is one, where it goes there by itself', () => {
    const card = (words: Words, uploadsTo: string | null) =>
      said(controlsMessage(shown({ uploadsTo }), draftRow(), null, words))
    expect(card(en, null)).not.toContain('Upload')
    expect(card(en, 'Bee TV')).toContain('Upload to “Bee TV” as private when done')
    expect(card(ko, 'Bee TV')).toContain('완성되면 “Bee TV” 채널에 비공개로 업로드')
  })

  it('says when it is a smaller copy, and when nothing fits', () => {
    const limit = 1024 * 1024
    const copy = said(
      filmMessage(draftRow(), video, { file, isCopy: true, beside: [], poster: null, limit }, en),
    )
    expect(copy).toContain('smaller copy, because files here are limited to 1.0 MB')
    expect(copy).toContain('videos/a.mp4')
    const nothing = filmMessage(
      draftRow(),
      video,
      { file: null, isCopy: true, beside: [], poster: null, limit },
      en,
    )
    expect(said(nothing)).toContain('larger than the 1.0 MB')
    expect(nothing.blocks.some(({ type }) => type === 'files')).toBe(false)
  })
})
