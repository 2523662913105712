import {
  chooseFootage,
  type FootageChoice,
  type FootageChoices,
  footageChoices,
} from '../../core/draft/choose-footage.ts'
import { getSegment } from '../../core/draft/load.ts'
import { UserError } from '../../core/model/errors.ts'
import type { UnusableFile } from '../../core/model/unusable.ts'
import { notice } from '../thread/sentences.ts'
import { type Action, encodeAction } from '../view/action-id.ts'
import { shorten } from '../view/shorten.ts'
import type { FileRef, MessageView } from '../view/types.ts'
import type { Words } from '../words/index.ts'
import { providerName } from '../words/provider-name.ts'
import type { Bot, Request } from './request.ts'
import { scopeOf } from './scope.ts'

/** Milliseconds after which work ends that nobody can be waiting for any more: a search, and a download. */
const PATIENCE = { search: 60_000, pick: 300_000 }

/** **Footage**: up to six candidates as pictures, to this person only. */
export async function showFootage(bot: Bot, request: Request, action: Action): Promise<void> {
  await request.reply.acknowledge()
  const segment = await getSegment(bot.core, request.workspace, action.draftId, action.segmentId)
  const found = await footageChoices(
    bot.core,
    scopeOf(request, action),
    action.segmentId,
    AbortSignal.timeout(PATIENCE.search),
  )
  await request.reply.privately(footageView(found, action, segment.segmentIndex + 1, request.words))
}

/** The candidate that somebody picked; `value` is its place among those that were shown, with its id. */
export async function pickFootage(bot: Bot, request: Request, action: Action, value: string): Promise<void> {
  await request.reply.acknowledge()
  const { candidates } = await getSegment(bot.core, request.workspace, action.draftId, action.segmentId)
  const candidate = candidates.find((each) => choiceValue(each) === value)
  if (!candidate) throw new UserError('candidate_not_found')
  await chooseFootage(
    bot.core,
    scopeOf(request, action),
    action.segmentId,
    candidate,
    AbortSignal.timeout(PATIENCE.pick),
  )
  await request.reply.privately(notice(request.words.private.chosen, 'good'))
  bot.threads.refresh(action.draftId)
}

function footageView(
  { choices, unusable }: FootageChoices,
  action: Action,
  place: number,
  words: Words,
): MessageView {
  const remarks =
    unusable.length === 0 ? [] : [{ type: 'text' as const, text: unusableText(unusable, words) }]
  const title = words.private.chooseFootage(place)
  const search = {
    action: encodeAction('refetch', action.draftId, action.segmentId),
    label: words.buttons.otherFootage,
  }
  if (choices.length === 0)
    return {
      summary: title,
      tone: 'neutral',
      blocks: [
        { type: 'text', text: words.private.noFootage },
        ...remarks,
        { type: 'buttons', buttons: [search] },
      ],
    }
  const files = choices.flatMap(({ thumbnailPath, title }, index): FileRef[] =>
    thumbnailPath === null
      ? []
      : [
          {
            path: thumbnailPath,
            name: `choice-${index + 1}.jpg`,
            kind: 'image',
            alt: `${index + 1}: ${shorten(title, 200)}`,
          },
        ],
  )
  return {
    summary: title,
    tone: 'neutral',
    blocks: [
      { type: 'text', text: [{ bold: title }] },
      ...(files.length > 0 ? [{ type: 'files' as const, files }] : []),
      {
        type: 'select',
        select: {
          action: encodeAction('pick', action.draftId, action.segmentId),
          label: words.private.choose,
          options: choices.map((choice, index) => ({
            value: choiceValue(choice),
            label: shorten(`${index + 1}. ${choice.title || providerName(words, choice.provider)}`, 75),
            description: shorten(descriptionOf(choice, words), 75),
          })),
        },
      },
      ...remarks,
      { type: 'buttons', buttons: [search] },
    ],
  }
}

/** Files that are named; the others are counted. */
const NAMED = 5

function unusableText(unusable: UnusableFile[], words: Words): string {
  const named = unusable.slice(0, NAMED)
  const others = unusable.length - named.length
  return [
    ...named.map((file) => words.errors.file_unusable(file)),
    ...(others > 0 ? [words.private.moreUnusable(others)] : []),
  ].join(' ')
}

function descriptionOf(
  { provider, author, duration, isCurrent, usedBy }: FootageChoice,
  words: Words,
): string {
  return [
    ...(isCurrent ? [words.private.current] : []),
    ...(usedBy.length > 0 ? [words.private.usedBy(usedBy.join(', '))] : []),
    author ? `${author} / ${providerName(words, provider)}` : providerName(words, provider),
    ...(duration === null ? [] : [words.seconds(duration)]),
  ].join(' · ')
}

/** At most 100 characters, as select values may have on both platforms. */
function choiceValue({ provider, id }: { provider: string; id: string }): string {
  const value = `${provider}:${id}`
  return value.length <= 100 ? value : value.slice(0, 100)
}
