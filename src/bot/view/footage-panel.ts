import type { FootageChoice } from '../../core/draft/choose-footage.ts'
import { hashOf } from '../../core/media/store/hash.ts'
import type { UnusableFile } from '../../core/model/unusable.ts'
import { drawnScene } from '../../core/providers/embedded/drawn/scene-titles.ts'
import type { Words } from '../words/index.ts'
import { providerName } from '../words/provider-name.ts'
import { encodeAction } from './action-id.ts'
import { shorten } from './shorten.ts'
import type { Block, Button, FileRef, Inline, MessageView } from './types.ts'

type Picked =
  | { number: number; state: 'fetching' }
  | { number: number; state: 'used' }
  | { number: number; state: 'failed'; reason: string }

export interface FootagePanel {
  draftId: string
  segmentId: number
  /** The segment's number, from 1. */
  place: number
  choices: readonly FootageChoice[]
  unusable: readonly UnusableFile[]
  /** The picture that shows all of them, by its name in the store, or null. */
  sheet: string | null
  /** What is being fetched, or the result. */
  picked?: Picked
}

/** Maximum characters of a title: about one line on a phone. */
const SHOWN_TITLE = 60
/** Buttons per row; this way six of them fit on a phone. */
const IN_ROW = 3
/** Maximum number of files named; the others are counted. */
const NAMED = 5

/** The candidates for a segment's footage: one numbered picture, with a line and a button for each number. */
export function footagePanel(panel: FootagePanel, words: Words): MessageView {
  const { draftId, segmentId, place, choices, unusable, picked } = panel
  const title = words.private.chooseFootage(place)
  const said = picked && saidOf(picked, words)
  const remarks: Block[] =
    unusable.length === 0 ? [] : [{ type: 'text', text: unusableText(unusable, words) }]
  const search: Button = {
    action: encodeAction('refetch', draftId, segmentId),
    label: words.buttons.otherFootage,
  }
  return {
    summary: said ?? title,
    tone: toneOf(picked),
    blocks: [
      { type: 'text', text: [{ bold: title }, ...(said === undefined ? [] : [`\n${said}`])] },
      ...(choices.length === 0
        ? [{ type: 'text' as const, text: words.private.noFootage }]
        : [...sheetOf(panel, words), { type: 'text' as const, text: linesOf(choices, words) }]),
      ...remarks,
      ...rowsOf(panel),
      { type: 'buttons', buttons: [search] },
    ],
  }
}

/** A candidate's description, in the reader's language if the title is ours. */
export function footageTitle(
  { provider, id, title }: { provider: string; id: string; title: string },
  words: Words,
): string {
  const drawn = provider === 'drawn' ? drawnScene(id) : null
  if (!drawn) return title || providerName(words, provider)
  const { kind, sign } = drawn
  const scene = words.drawn.scene[kind] ?? title
  if (sign === null) return scene
  return sign.kind === 'flag' ? words.drawn.flag(sign.name) : words.drawn.withIcon(sign.name, scene)
}

/** Digits of a candidate's fingerprint in an action's number. */
const MARK = 13

/**
 * What a number's button carries: the position, from 1, and the candidate's fingerprint, in case another search has replaced it.
 */
export function pickNumber(place: number, { provider, id }: { provider: string; id: string }): number {
  const mark = BigInt(`0x${hashOf([provider, id]).slice(0, 16)}`) % BigInt(10 ** MARK)
  return place * 10 ** MARK + Number(mark)
}

/** The position in such a number. */
export function placeIn(number: number): number {
  return Math.floor(number / 10 ** MARK)
}

function saidOf(picked: Picked, words: Words): string {
  const { number } = picked
  if (picked.state === 'failed') return words.private.notFetched(number, picked.reason)
  return picked.state === 'used' ? words.private.chosen(number) : words.private.fetching(number)
}

function toneOf(picked: Picked | undefined): MessageView['tone'] {
  const tones = { fetching: 'busy', used: 'good', failed: 'bad' } as const
  return picked ? tones[picked.state] : 'neutral'
}

function sheetOf({ sheet, choices }: FootagePanel, words: Words): Block[] {
  if (sheet === null) return []
  const titles = choices.map((choice, index) => `${index + 1}: ${shorten(footageTitle(choice, words), 100)}`)
  // Its name identifies its content, so a message that already has it need not receive it again.
  const name = `footage-${sheet.slice(sheet.lastIndexOf('/') + 1, -'.jpg'.length).slice(0, 16)}.jpg`
  const file: FileRef = { path: sheet, name, kind: 'image', alt: words.private.sheet(titles.join('; ')) }
  return [{ type: 'files', files: [file] }]
}

function linesOf(choices: readonly FootageChoice[], words: Words): Inline[] {
  return choices.flatMap((choice, index): Inline[] => {
    const { provider, duration, kind, isCurrent, usedBy } = choice
    const title = shorten(footageTitle(choice, words), SHOWN_TITLE)
    const source = providerName(words, provider)
    const parts = [
      ...(title === source ? [] : [title]),
      duration === null ? (kind === 'image' ? words.private.still : '') : words.seconds(duration),
      source,
      usedBy.length > 0 ? words.private.usedBy(usedBy.join(', ')) : '',
    ].filter((part) => part !== '')
    return [
      ...(index === 0 ? [] : ['\n']),
      { bold: String(index + 1) },
      `  ${parts.join(' · ')}`,
      ...(isCurrent ? [' · ', { bold: words.private.current }] : []),
    ]
  })
}

function rowsOf({ draftId, segmentId, choices, picked }: FootagePanel): Block[] {
  const buttons = choices.map((choice, index): Button => {
    const number = index + 1
    const isPicked = picked?.state === 'fetching' && picked.number === number
    return {
      action: encodeAction('pick_number', draftId, segmentId, pickNumber(number, choice)),
      label: choice.isCurrent ? `${number} ✓` : String(number),
      ...(choice.isCurrent && { style: 'success' as const }),
      ...(isPicked && { style: 'primary' as const }),
    }
  })
  // Arranged like the tiles; four make two rows of two.
  const inRow = buttons.length === 4 ? 2 : IN_ROW
  return Array.from({ length: Math.ceil(buttons.length / inRow) }, (_, row) => ({
    type: 'buttons' as const,
    buttons: buttons.slice(row * inRow, (row + 1) * inRow),
  }))
}

function unusableText(unusable: readonly UnusableFile[], words: Words): string {
  const named = unusable.slice(0, NAMED)
  const others = unusable.length - named.length
  return [
    ...named.map((file) => words.errors.file_unusable(file)),
    ...(others > 0 ? [words.private.moreUnusable(others)] : []),
  ].join(' ')
}
