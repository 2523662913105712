import type { types } from '@slack/bolt'
import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { messagePayload } from '../../../src/bot/surfaces/discord/message.ts'
import { modalOf as discordModal } from '../../../src/bot/surfaces/discord/modal.ts'
import { toBlocks } from '../../../src/bot/surfaces/slack/message.ts'
import { modalOf as slackModal } from '../../../src/bot/surfaces/slack/modal.ts'
import { arrangeForm, moveForm } from '../../../src/bot/view/arrange-forms.ts'
import { segmentMessage } from '../../../src/bot/view/segment-message.ts'
import type { FormView, MessageView } from '../../../src/bot/view/types.ts'
import { en, type Words } from '../../../src/bot/words/en.ts'
import { ko } from '../../../src/bot/words/ko.ts'
import { arrangementOf } from '../../../src/core/draft/arrangement.ts'
import { LIMITS } from '../../../src/core/model/limits.ts'
import type { Segment } from '../../../src/db/entities/segment.ts'
import { draftRow, segmentRow } from '../../factories/rows.ts'
import { formErrors } from '../../servers/discord/checks/form-errors.ts'
import { checkMessage } from '../../servers/discord/checks/message.ts'
import { checkModal as checkDiscordModal } from '../../servers/discord/checks/modal.ts'
import { openApi } from '../../servers/discord/openapi.ts'
import { blocksAreTooLong, checkBlocks, checkModal as checkSlackModal } from '../../servers/slack/validate.ts'

const LONG = {
  en: 'In the dark of the hive she runs a figure of eight, *again* and _again_, <@123> & `so` on. '.repeat(
    20,
  ),
  ko: '어두운 벌집 안에서 꿀벌은 8자를 그리며 되풀이해서 달리고, 가운데 선에서 몸을 떱니다. '.repeat(20),
}
const image = (at: number) => ({
  path: `previews/${at}.jpg`,
  name: `segment-${at}.jpg`,
  kind: 'image' as const,
  alt: LONG.en,
})

function segmentsOf(count: number, fields: (at: number) => Partial<Segment> = () => ({})): Segment[] {
  return Array.from({ length: count }, (_, at) =>
    segmentRow({ id: 900_000_000 + at, segmentIndex: at, version: 123_456, ttsDuration: 4.2, ...fields(at) }),
  )
}

function viewsOf(segments: Segment[], words: Words, sameFootage: number[] = []): MessageView[] {
  return segments.map((segment) =>
    segmentMessage(
      segment,
      {
        ...{ draft: draftRow(), total: segments.length, sameFootage, betterShownBy: sameFootage },
        ...{
          unshown: [],
          clipProblem: null,
          canRewrite: true,
          needsPlayButton: true,
          notes: [],
          proposal: null,
        },
        preview: segment.videoLocalPath === null ? null : image(segment.segmentIndex),
      },
      words,
    ),
  )
}

/** The parts of a message, validated as Discord does. */
function onDiscord(view: MessageView): APIMessageTopLevelComponent[] {
  const { body, files } = messagePayload(view)
  const errors = formErrors()
  const names = new Set(files.map(({ name }) => name))
  checkMessage(errors, { ...body }, { before: null, files: names, uploads: [] })
  errors.refuseIfAny()
  expect(openApi().violations('POST', '/channels/{channel_id}/messages', body)).toEqual([])
  return body.components
}

/** The blocks of a message, validated as Slack does. */
function onSlack(view: MessageView): types.KnownBlock[] {
  const images = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [image(at).path, `F0000000${at}`]))
  const blocks = toBlocks(view, images)
  const checked = checkBlocks(blocks, () => true)
  expect(checked.complaints).toBeUndefined()
  expect(blocksAreTooLong(checked.value ?? [])).toBe(false)
  return blocks
}

const CATALOGUES = [
  ['English', en, LONG.en],
  ['Korean', ko, LONG.ko],
] as const

describe.each(CATALOGUES)('a draft of as many segments as there may be, in %s', (_, words, text) => {
  const everywhere = Array.from({ length: LIMITS.segments - 1 }, (_, at) => at + 2)

  it('is within every limit of both platforms', () => {
    const segments = segmentsOf(LIMITS.segments, (at) => ({
      text,
      editedByName: 'n'.repeat(100),
      ...(at % 3 === 1 && { videoLocalPath: null }),
      ...(at % 3 === 2 && { ttsLocalPath: null, voiceError: text.slice(0, 1000) }),
    }))
    for (const view of viewsOf(segments, words, everywhere)) {
      onDiscord(view)
      onSlack(view)
    }
  })

  it('can be arranged, and each of its segments moved, in forms of both platforms', () => {
    const segments = segmentsOf(LIMITS.segments, () => ({ text }))
    const { draftId } = draftRow()
    const arranged = arrangeForm(draftId, arrangementOf(segments), words)
    for (const form of [arranged, ...segments.map((one) => moveForm(one, segments.length, words))]) {
      const errors = formErrors(['data'])
      checkDiscordModal(errors, { ...discordModal(form) })
      errors.refuseIfAny()
      const modal = slackModal(form, words, '')
      expect(checkSlackModal(modal, () => true).complaints).toBeUndefined()
      // All in one field, where lines can move from one end to the other.
      expect(modal.blocks).toHaveLength(1)
    }
    expect(filledIn(arranged)).toBe(arrangementOf(segments).text)
  })
})

function filledIn(form: FormView): string {
  const [field] = discordModal(form).components
  return field?.type === ComponentType.Label && 'value' in field.component
    ? String(field.component.value)
    : ''
}

/** The height in pixels of six screens of 700, minus what the messages above and below the segments take. */
const ROOM = 6 * 700 - 450

describe.each(CATALOGUES)('20 segments, in %s', (_, words, text) => {
  const views = viewsOf(
    segmentsOf(20, (at) => ({ text, ...(at === 3 && { ttsLocalPath: null, ttsDuration: null }) })),
    words,
  )

  it.each([700, 390])('fit six screens at %i pixels', (width) => {
    const heights = {
      discord: views.map(
        (view) => 8 + stacked(onDiscord(view).map((part) => discordHeight(part, width - 88))),
      ),
      slack: views.map((view) => 8 + stacked(onSlack(view).map((block) => slackHeight(block, width - 84)))),
    }
    const sum = (all: number[]) => all.reduce((total, one) => total + one, 0)
    expect([sum(heights.discord) <= ROOM, sum(heights.slack) <= ROOM, heights]).toEqual([true, true, heights])
  })
})

/** Pixels between the parts of a message and beside a picture; a letter is about half as wide as a line is high. */
const GAP = 8
const LETTER = 8.5

function stacked(heights: number[]): number {
  return heights.reduce((total, height) => total + height, 0) + GAP * (heights.length - 1)
}

function textHeight(text: string, width: number): number {
  const lines = text.split('\n').map((line) => {
    const letters = [...line].reduce((sum, letter) => sum + (/\p{Script=Hangul}/u.test(letter) ? 1.9 : 1), 0)
    return Math.ceil((letters * LETTER) / Math.min(width, 600))
  })
  return 22 * lines.reduce((sum, count) => sum + count, 0)
}

/** As Discord's own client displays it. */
function discordHeight(part: APIMessageTopLevelComponent, width: number): number {
  switch (part.type) {
    case ComponentType.TextDisplay:
      return textHeight(part.content, width)
    case ComponentType.Section:
      return Math.max(85, stacked(part.components.map((text) => discordHeight(text, width - 97))))
    case ComponentType.ActionRow:
      return part.components[0]?.type === ComponentType.StringSelect ? 44 : 32
    default:
      throw new Error(`A part of the type ${part.type} is not expected here.`)
  }
}

function slackHeight(block: types.KnownBlock, width: number): number {
  switch (block.type) {
    case 'section':
      return block.accessory
        ? Math.max(88, textHeight(block.text?.text ?? '', width - 100))
        : textHeight(block.text?.text ?? '', width)
    case 'context':
      return 20
    case 'actions':
      return 36
    default:
      throw new Error(`A block of the type ${block.type} is not expected here.`)
  }
}

it('has one menu on each card, and what is asked for most in it on Slack', () => {
  const [view] = viewsOf(segmentsOf(9), en)
  if (!view) throw new Error('There is no message.')
  const elements = onSlack(view).flatMap((block) => (block.type === 'actions' ? block.elements : []))
  const menus = elements.flatMap((element) => (element.type === 'overflow' ? [element.options] : []))
  expect(menus.map((options) => options.map(({ text }) => text.text))).toEqual([
    ['Footage', 'New take', 'Move to…', 'Insert after', 'More…'],
  ])
  expect(onDiscord(view).map(({ type }) => type)).toEqual([
    ComponentType.Section,
    ComponentType.ActionRow,
    ComponentType.ActionRow,
  ])
})
