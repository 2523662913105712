import { segmentDuration } from '../../core/draft/duration.ts'
import { hasOpenLanguage } from '../../core/draft/open-language.ts'
import { countPlaceholders } from '../../core/draft/placeholders.ts'
import { endingOf } from '../../core/draft/storyboard.ts'
import { isStandIn } from '../../core/draft/write-again.ts'
import type { DraftView } from '../../core/model/read-models.ts'
import { PRICES_DATE } from '../../core/providers/prices.ts'
import { failureText } from '../words/failures.ts'
import type { Words } from '../words/index.ts'
import { encodeAction, type Verb } from './action-id.ts'
import { lookOf, studio } from './controls.ts'
import { otherTopics } from './other-topics.ts'
import { shorten } from './shorten.ts'
import type { Shown } from './shown.ts'
import type { Block, Button, FileRef, MessageView } from './types.ts'
import { filmButtons, platformLink } from './video-message.ts'

/** Progress steps of a render; each costs a message edit, and platforms limit those. */
const RENDER_STEPS = 5

/** What the top message shows of the finished video. */
interface FilmOnTop {
  link: string | null
  poster: FileRef | null
}

/** The message at the top of a draft's thread. @param film if given, the message is the channel's view of the finished draft. */
export function draftMessage(shown: Shown, words: Words, film: FilmOnTop | null = null): MessageView {
  return shown.draft ? existingDraft(shown, shown.draft, words, film) : comingDraft(shown, words)
}

function comingDraft({ creating, draftId }: Shown, words: Words): MessageView {
  const topic = creating?.topic ?? ''
  const started: Block = {
    type: 'note',
    text: words.draft.startedBy(creating?.requesterName ?? ''),
  }
  if (creating?.state === 'failed' || creating?.state === 'cancelled') {
    const reason =
      creating.state === 'cancelled' ? words.errors.cancelled(undefined) : failureText(words, creating.error)
    return {
      summary: words.draft.failed(reason),
      tone: 'bad',
      blocks: [
        { type: 'heading', text: topic || words.draft.untitled },
        { type: 'text', text: words.draft.failed(reason) },
        started,
        {
          type: 'buttons',
          buttons: [
            { action: encodeAction('retry_create', draftId), label: words.buttons.retry, style: 'primary' },
          ],
        },
      ],
    }
  }
  const doing = creating?.hasScript ? words.draft.splitting : words.draft.writing(topic)
  return {
    summary: doing,
    tone: 'busy',
    blocks: [
      { type: 'heading', text: topic || words.draft.untitled },
      { type: 'text', text: doing },
      started,
      {
        type: 'buttons',
        buttons: [{ action: encodeAction('cancel', draftId), label: words.buttons.cancel, style: 'danger' }],
      },
    ],
  }
}

function existingDraft(shown: Shown, draft: DraftView, words: Words, film: FilmOnTop | null): MessageView {
  const { tone, status } = toneAndStatus(draft, words)
  return {
    summary: `${draft.title} · ${status}`,
    tone,
    blocks: [
      { type: 'heading', text: draft.title },
      ...(film?.poster ? [{ type: 'files' as const, files: [film.poster] }] : []),
      ...(film?.link
        ? [{ type: 'text' as const, text: [{ link: film.link, label: words.video.goTo }] }]
        : []),
      ...(draft.description === ''
        ? []
        : [{ type: 'text' as const, text: shorten(draft.description, 1000) }]),
      ...(draft.tags.length === 0
        ? []
        : [
            {
              type: 'note' as const,
              text: `${words.draft.tags}: ${draft.tags.map((tag) => `#${tag}`).join(' ')}`,
            },
          ]),
      { type: 'text', text: [{ bold: status }, ` · ${factsOf(shown, draft, words)}`] },
      ...platformLink(shown.video, words),
      ...remarks(shown, draft, words),
      ...progress(shown, draft, words),
      ...otherTopics(draft, words),
      { type: 'note', text: footer(shown, draft, words) },
      ...(film ? [{ type: 'buttons' as const, buttons: filmButtons(draft, shown.video, words) }] : []),
      ...buttonRows(shown, draft, words),
    ],
  }
}

function toneAndStatus(draft: DraftView, words: Words): { tone: MessageView['tone']; status: string } {
  const tones = { editing: 'busy', assets_ready: 'neutral', converting: 'busy', finalized: 'good' } as const
  return { tone: tones[draft.status], status: words.status[draft.status] }
}

function factsOf({ segments, isOwnScript }: Shown, draft: DraftView, words: Words): string {
  const known = segments.map(segmentDuration).filter((seconds) => seconds !== null)
  const sum = known.reduce((total, seconds) => total + seconds, 0)
  const exact = known.length === segments.length
  // Segments without a voice are assumed to be as long as the others.
  const actual = known.length === 0 ? null : (sum / known.length) * segments.length + endingOf(draft)
  return [
    words.draft.length(isOwnScript ? null : draft.targetDuration, actual, exact),
    words.draft.segments(segments.length),
    lookOf(draft, words),
  ]
    .filter((fact) => fact !== '')
    .join(' · ')
}

function remarks(
  { creating, segments, render, clipProblems, expiresInDays }: Shown,
  draft: DraftView,
  words: Words,
): Block[] {
  const sentences: string[] = []
  if (isStandIn(draft) && creating && draft.status !== 'converting')
    sentences.push(
      creating.state === 'failed' ? failureText(words, creating.error) : words.draft.writing(draft.topic),
    )
  const placeholders = countPlaceholders(draft, segments)
  if (placeholders > 0) {
    const isOpen = draft.status === 'editing' || draft.status === 'assets_ready'
    const sentence = words.draft.placeholders(placeholders, segments.length)
    sentences.push(isOpen ? `${sentence} ${words.draft.fillIn}` : sentence)
  }
  if (draft.notice) sentences.push(failureText(words, draft.notice))
  if (draft.status !== 'converting' && render?.state === 'failed')
    sentences.push(words.draft.renderFailed(failureText(words, render.error)))
  if (draft.status !== 'converting' && render?.state === 'cancelled')
    sentences.push(words.draft.renderCancelled)
  for (const { reason } of clipProblems.filter(({ segmentId }) => segmentId === null))
    sentences.push(words.draft.soundFailed(failureText(words, reason)))
  if (expiresInDays !== null) sentences.push(words.draft.expiry(expiresInDays))
  return sentences.map((text) => ({ type: 'text', text: [{ italic: text }] }))
}

function progress({ render, segments }: Shown, draft: DraftView, words: Words): Block[] {
  if (draft.status === 'converting') {
    const fraction = Math.floor((render?.progress ?? 0) * RENDER_STEPS) / RENDER_STEPS
    return [{ type: 'progress', fraction, label: words.draft.rendering }]
  }
  if (draft.status !== 'editing') return []
  const voices = segments.filter(({ ttsLocalPath }) => ttsLocalPath !== null).length
  const footage = segments.filter(({ videoLocalPath }) => videoLocalPath !== null).length
  const total = segments.length
  if (total === 0) return []
  return [
    {
      type: 'progress',
      fraction: (voices + footage) / (2 * total),
      label: words.draft.assets(voices, footage, total),
    },
  ]
}

function footer({ cost }: Shown, draft: DraftView, words: Words): string {
  const parts = [words.draft.startedBy(draft.authorName)]
  if (cost) {
    const used = words.draft.used(cost.tokens, cost.characters)
    parts.push(words.draft.cost(used, cost.usd.toFixed(cost.usd < 0.1 ? 4 : 2), PRICES_DATE))
    if (cost.unknownModels.length > 0) parts.push(words.draft.costUnknown(cost.unknownModels.join(', ')))
  }
  return parts.join(' · ')
}

/** Actions on what the message shows; the others are in the thread's last message, see `controlsMessage`. */
function buttonRows(shown: Shown, draft: DraftView, words: Words): Block[] {
  const { isCollecting, creating } = shown
  const button = (verb: Verb, label: string, rest: Partial<Button> = {}): Button => ({
    action: encodeAction(verb, draft.draftId),
    label,
    ...rest,
  })
  const { buttons } = words
  const row = (...buttons: Button[]): Block[] => (buttons.length === 0 ? [] : [{ type: 'buttons', buttons }])
  const isWriting = creating !== null && creating.state !== 'failed'
  const cancel = button('cancel', buttons.cancel, { style: 'danger' })
  if (draft.status === 'converting') return row(cancel)
  if (draft.status === 'finalized') return []
  const retry = whatToRetry(shown)
  return [
    ...row(
      button('settings_form', buttons.settings),
      button('add_form', buttons.addSegment),
      ...(shown.segments.length > 1 ? [button('arrange_form', buttons.arrange)] : []),
      studio(draft, words),
      ...(isCollecting || isWriting ? [cancel] : []),
    ),
    ...row(
      ...(retry ? [button(retry, buttons.retry, { style: 'primary' })] : []),
      ...(hasOpenLanguage(draft) ? [button('language_form', buttons.language)] : []),
      ...(isStandIn(draft) && !isWriting ? [button('write_again', buttons.writeAgain)] : []),
    ),
  ]
}

/** A render also makes the sound. */
function whatToRetry({ render, clipProblems }: Shown): Verb | null {
  if (render?.state === 'failed') return 'retry_render'
  return clipProblems.some(({ segmentId }) => segmentId === null) ? 'retry_ahead' : null
}
