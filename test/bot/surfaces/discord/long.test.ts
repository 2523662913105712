import { ComponentType } from 'discord.js'
import { expect, test } from 'vitest'
import { discordBot, readable } from '../../../factories/discord.ts'
import { fakeProviders } from '../../../fakes/providers.ts'
import { allComponents } from '../../../servers/discord/plain-text.ts'
import type { Message } from '../../../servers/discord/types.ts'

const TEXTS = Array.from({ length: 9 }, (_, at) => `Line ${'ABCDEFGHI'.charAt(at)} is here.`)
const files = (message: Message) => message.attachments.map(({ filename }) => filename.split('.').at(-1))

test('a long draft: stills beside one line each, clips when asked for, arranged and moved by two clicks', async () => {
  const bot = await discordBot({ program: { fakes: fakeProviders(TEXTS) } })
  const draft = await bot.create({ options: { topic: 'Tea', format: 'square' } })
  const cards = () => draft.messages().slice(1, -1)
  const order = () =>
    cards()
      .map((message) => /Line (\w)/.exec(readable(message))?.[1])
      .join('')
  const settled = async (wanted: string) => {
    await bot.discord.until(() => order() === wanted, `the order ${wanted}, not ${order()}`)
    await bot.settle(draft.draftId)
  }
  expect(cards().map(files)).toEqual(TEXTS.map(() => ['jpg']))
  expect(readable(draft.segment(3))).toMatch(
    /^\*\*3\*\* · [\d.]+ s · Line C is here\.\n\(segment-3\.jpg[^\n]*\)\n\[Edit\] \[Play\]\n<More…: Footage \| New take \| Move to…/,
  )
  expect(draft.segment(3).components.map(({ type }) => type)).not.toContain(ComponentType.Container)
  // An attachment already in the message isn't uploaded again with its next edit.
  const still = draft.segment(3).attachments[0]?.id

  bot.ann.press(draft.segment(3), 'Play')
  const clip = await bot.discord.until(
    () =>
      bot.ann
        .sees(draft.thread)
        .find((message) => message.visibleTo !== null && files(message).includes('mp4')),
    'the clip',
    60_000,
  )
  expect([readable(clip).split('\n')[0], files(clip)]).toEqual(['-# Segment 3: Line C is here.', ['mp4']])
  expect(cards()).toHaveLength(9)

  const move = await bot.ann.choose(draft.segment(9), 'More…', 'Move to…').modal()
  expect(move.text).toBe('Move segment 9\nNew position: 9')
  bot.ann.submit(move, { 'New position': '3' })
  await settled('ABICDEFGH')
  expect(draft.segment(4).attachments.map(({ id }) => id)).not.toContain(still)

  const arrange = await bot.ben.press(draft.top(), 'Arrange').modal()
  const lines = arrange.text.split('One segment per line: ')[1]?.split('\n') ?? []
  expect(lines.map((line) => line.slice(0, 10))).toEqual(
    [...'ABICDEFGH'].map((name, at) => `${`${at + 1}. Line ${name}.`.slice(0, 9)} `),
  )
  bot.ben.submit(arrange, { 'One segment per line': lines.toReversed().slice(1).join('\n') })
  await settled('GFEDCIBA')
  // Eight segments are shown in full again, and nine are compact once that is undone.
  expect(readable(draft.segment(1))).toContain('**Segment 1 of 8**')
  const [more] = await bot.ben.press(draft.controls(), 'More…').privateMessages()
  if (!more) throw new Error('More… shows nothing.')
  bot.ben.press(more, 'History')
  const history = await bot.discord.until(() => {
    const now = bot.ben.current(more)
    return now && readable(now).includes('rearranged segments') ? now : undefined
  }, 'the history')
  expect(readable(history)).toContain('ben: rearranged segments')
  bot.ben.press(draft.controls(), 'Undo')
  await settled('ABICDEFGH')
  expect(cards().map(files)).toEqual(TEXTS.map(() => ['jpg']))
  const edits = cards().map((message) => message.edits)
  bot.program.threads.refresh(draft.draftId)
  await bot.program.threads.settled()
  expect(cards().map((message) => message.edits)).toEqual(edits)
  const parts = allComponents(draft.segment(1)).map(({ type }) => type)
  expect(parts).toContain(ComponentType.Thumbnail)
}, 120_000)
