import type { History, Step } from '../../core/draft/history.ts'
import type { Change, Settings, ShownFootage } from '../../core/draft/revision-changes.ts'
import type { Words } from '../words/index.ts'
import { encodeAction } from './action-id.ts'
import { difference } from './difference.ts'
import { footageTitle } from './footage-panel.ts'
import { languageName } from './forms.ts'
import { shorten } from './shorten.ts'
import type { Block, Button, Inline, MessageView } from './types.ts'
import { NO_UPLOAD, uploadChoiceText } from './upload-form.ts'

/** Revisions per page; with two lines of changes each, they fit both platforms. */
export const HISTORY_PAGE = 8
/** Maximum number of changes shown per revision; the others are counted. */
const SHOWN = 2
/** Maximum number of approvers named per revision. */
const NAMED = 4
/** Maximum characters of a text before or after a change. */
const EXCERPT = 60

/** A page of a draft's history: who did what and when, the values before and after, and how to restore them. */
export function historyMessage(history: History, page: number, words: Words): MessageView {
  const { draft, revisions, current, undoable } = history
  const isEditable = draft.status === 'editing' || draft.status === 'assets_ready'
  return {
    summary: words.private.history,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: [{ bold: `${words.private.history} · ${draft.title}` }] },
      ...revisions.map((revision): Block => ({ type: 'text', text: rowOf(revision, current, words) })),
      ...(isEditable ? restoreOf(history, words) : []),
      ...(isEditable && undoable && page === 0
        ? [{ type: 'note' as const, text: words.private.wouldUndo(stepText(undoable, words)) }]
        : []),
      ...pages(history, page, words),
    ],
  }
}

/** What undo takes back, such as “Ben's new text of segment 2”. */
export function stepText({ action, actorName }: Pick<Step, 'action' | 'actorName'>, words: Words): string {
  const { code, segment, revision } = action
  const what = words.step[code]?.(segment ?? revision ?? 0)
  const name = actorName || words.somebody
  return what === undefined ? `${name}: ${actionText(action, words)}` : words.private.stepBy(name, what)
}

function rowOf(revision: History['revisions'][number], current: number, words: Words): Inline[] {
  const { number, actorName, action, createdAt, changes, askedBy, approvedBy } = revision
  const lines = changes.slice(0, SHOWN).map((change) => changeText(change, action.segment, words))
  const more = changes.length - lines.length
  return [
    { bold: String(number) },
    ` ${actorName || words.somebody}: ${actionText(action, words)}${askedBy === null ? '' : ` (${words.notes.askedBy(askedBy)})`} · `,
    { time: createdAt, as: 'relative' },
    ...approvedText(approvedBy, words),
    ...(number === current ? [' ← ', { bold: words.private.historyCurrent }] : []),
    ...lines.map((line) => `\n${line}`),
    ...(more > 0 ? [`\n${words.changes.more(more)}`] : []),
  ]
}

function approvedText(names: readonly string[], { approvals }: Words): string[] {
  if (names.length === 0) return []
  return [` · ${approvals.by(names.slice(0, NAMED).join(', '), Math.max(0, names.length - NAMED))}`]
}

export function actionText({ code, segment, revision }: Step['action'], words: Words): string {
  return words.action[code]?.(segment ?? revision ?? 0) ?? code
}

/** One change, with the segment unless the row already names it. */
export function changeText(change: Change, acted: number | undefined, words: Words): string {
  const { changes } = words
  const at = (place: number, text: string) =>
    place === acted ? text : `${words.segment.preview(place, text)}`
  const arrow = (before: string, after: string) => `${before || changes.none} → ${after || changes.none}`
  switch (change.what) {
    case 'text':
      return at(change.place, quoted(change.before, change.after))
    case 'search':
    case 'keyword': {
      const label = change.what === 'search' ? words.segment.search : words.segment.keyword
      return at(change.place, `${label}: ${quoted(change.before, change.after)}`)
    }
    case 'duration': {
      const text = (seconds: number | null) => (seconds === null ? changes.asLong : words.seconds(seconds))
      return at(change.place, `${words.form.duration}: ${arrow(text(change.before), text(change.after))}`)
    }
    case 'take':
      return at(change.place, arrow(changes.take(change.before + 1), changes.take(change.after + 1)))
    case 'footage': {
      const text = (footage: ShownFootage | null) => footage && shorten(footageTitle(footage, words), EXCERPT)
      return at(
        change.place,
        `${changes.footage}: ${arrow(text(change.before) ?? '', text(change.after) ?? '')}`,
      )
    }
    case 'moved':
      return `${changes.position}: ${change.before} → ${change.after}`
    case 'added':
      return `+ ${words.segment.preview(change.place, `“${shorten(change.text, EXCERPT)}”`)}`
    case 'removed':
      return `− ${words.segment.preview(change.place, `“${shorten(change.text, EXCERPT)}”`)}`
    case 'setting': {
      const [label, before, after] = settingText(change, words)
      return `${label}: ${before === null || after === null ? quoted(...raw(change)) : arrow(before, after)}`
    }
  }
}

function quoted(before: string, after: string): string {
  const [old, now] = difference(before, after, EXCERPT)
  return `“${old}” → “${now}”`
}

/** A setting's name and its values as people read them; null for texts, which are quoted. */
function settingText(
  { name, before, after }: Extract<Change, { what: 'setting' }>,
  words: Words,
): [label: string, before: string | null, after: string | null] {
  const both = (label: string, text: (settings: Settings) => string): [string, string, string] => [
    label,
    text(before),
    text(after),
  ]
  switch (name) {
    case 'title':
    case 'description':
      return [words.form[name], null, null]
    case 'tags':
      return both(words.form.tags, ({ tags }) => shorten(tags.join(', '), EXCERPT))
    case 'template':
      return both(words.form.template, ({ template }) => words.template[template] ?? template)
    case 'musicEnabled':
    case 'musicMood':
    case 'musicVolume':
      return both(words.form.music, (settings) =>
        settings.musicEnabled
          ? words.draft.music(words.mood[settings.musicMood], settings.musicVolume)
          : words.noMusic,
      )
    case 'language':
      return both(words.form.language, ({ language }) => (language ? languageName(language) : ''))
    case 'uploadAfter':
      return both(words.form.upload, ({ uploadAfter }) => uploadChoiceText(uploadAfter ?? NO_UPLOAD, words))
    case 'endCard':
      return both(words.form.endCard, ({ endCard }) =>
        endCard === false ? words.form.endCardOff : words.form.endCardOn,
      )
    case 'voice':
      return both(words.changes.voice, ({ voice }) => voice ?? '')
    case 'voiceSpeed':
      return both(words.changes.speed, ({ voiceSpeed }) => `${voiceSpeed}×`)
    default:
      return both(words.form.settings, () => '')
  }
}

function raw({ name, before, after }: Extract<Change, { what: 'setting' }>): [string, string] {
  return [String(before[name] ?? ''), String(after[name] ?? '')]
}

function restoreOf({ draft, revisions, current }: History, words: Words): Block[] {
  const options = revisions
    .filter(({ number }) => number !== current)
    .map(({ number, action, actorName }) => ({
      value: String(number),
      label: shorten(`${number} · ${actionText(action, words)}`, 75),
      description: shorten(actorName || words.somebody, 75),
    }))
  if (options.length === 0) return []
  const action = encodeAction('restore', draft.draftId)
  return [{ type: 'select', select: { action, label: words.private.restoreThis, options } }]
}

function pages({ draft, revisions, total }: History, page: number, words: Words): Block[] {
  const to = (other: number, label: string): Button => ({
    action: encodeAction('history', draft.draftId, 0, other),
    label,
  })
  const buttons = [
    ...(page > 0 ? [to(page - 1, words.buttons.newer)] : []),
    ...(page * HISTORY_PAGE + revisions.length < total ? [to(page + 1, words.buttons.older)] : []),
  ]
  return buttons.length > 0 ? [{ type: 'buttons', buttons }] : []
}
