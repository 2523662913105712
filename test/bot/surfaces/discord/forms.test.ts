import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { getDraft } from '../../../../src/core/draft/load.ts'
import { type DiscordBot, discordBot, readable } from '../../../factories/discord.ts'
import type { Interaction } from '../../../servers/discord/interaction.ts'
import type { Message } from '../../../servers/discord/types.ts'

const EN = wordsFor('en')

async function answerTo(interaction: Interaction): Promise<Message> {
  const [message] = await interaction.privateMessages()
  if (!message) throw new Error('There is no private answer.')
  return message
}

/** Waits until a private message's text changes. */
function becomes(bot: DiscordBot, person: DiscordBot['ann'], message: Message, text: string) {
  return bot.discord.until(() => {
    const now = person.current(message)
    return readable(now).includes(text) ? now : undefined
  }, `a private message to say ${text}`)
}

describe('the form of a segment', () => {
  test('opens with what is there, and changes only the message of its segment', async () => {
    const bot = await discordBot()
    const draft = await bot.create()
    const modal = await bot.ben.press(draft.segment(2), 'Edit').modal()
    expect(modal.text).toBe(
      'Edit segment 2\nNarration: Four five six.\nFootage search: query 1\nKeyword: word 1\nDuration: ',
    )
    const edits = draft.messages().map((message) => message.edits)
    const sent = bot.ben.submit(modal, { Keyword: 'honey', Duration: '4,5 s' })
    expect((await sent.acknowledged()).type).toBe(6)
    await bot.discord.until(() => readable(draft.segment(2)).includes('honey'), 'the new keyword')
    await bot.settle(draft.draftId)
    expect(readable(draft.segment(2))).toMatch(/Segment 2 of 3\*\* · 4\.5 s\n[\s\S]*last edited by ben/)
    const after = draft.messages().map((message) => message.edits)
    expect([after[1], after[3]]).toEqual([edits[1], edits[3]])
    expect(sent.messages()).toEqual([])
    expect(bot.program.fakes.spoken).toHaveLength(3)
  })

  test('refuses a bad value privately, and “Edit again” has the typed words', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create()
    const modal = await bot.ann.press(draft.segment(1), 'Edit').modal()
    const refused = await answerTo(bot.ann.submit(modal, { Narration: 'A new text.', Duration: 'soon' }))
    expect(refused.visibleTo).toBe(bot.ann.id)
    expect(readable(refused)).toMatch(
      /didn't go through\.\*\* The duration must be from 1 second to 2 minutes/,
    )
    expect(readable(draft.segment(1))).toContain('One two three.')
    const again = await bot.ann.press(refused, 'Edit again').modal()
    expect(again.text).toContain('Narration: A new text.\n')
    expect(again.text).toContain('Duration: soon')
    bot.ann.submit(again, { Duration: '' })
    await bot.discord.until(() => readable(draft.segment(1)).includes('A new text.'), 'the new text')
    // The old form can't be sent again by mistake.
    await becomes(bot, bot.ann, refused, EN.private.done)
  })

  test('sent second is stale: nothing is lost, and the person decides', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create()
    const stale = async (mine: string, theirs: string) => {
      const [first, second] = await Promise.all([
        bot.ann.press(draft.segment(1), 'Edit').modal(),
        bot.ben.press(draft.segment(1), 'Edit').modal(),
      ])
      bot.ann.submit(first, { Narration: theirs })
      await bot.discord.until(() => readable(draft.segment(1)).includes(theirs), 'the first edit')
      const answer = await answerTo(bot.ben.submit(second, { Narration: mine }))
      expect(readable(answer)).toContain('ann changed this while you were editing')
      expect(readable(answer)).toContain(`> ${theirs}`)
      expect(readable(answer)).toContain(`> ${mine}`)
      expect(readable(answer)).toContain("[Use mine] [Keep ann's] [Edit again]")
      expect(readable(draft.segment(1))).toContain(theirs)
      return answer
    }
    const first = await stale('From Ben.', 'From Ann.')
    bot.ben.press(first, "Keep ann's")
    await becomes(bot, bot.ben, first, EN.private.keptTheirs)
    expect(readable(draft.segment(1))).toContain('From Ann.')

    const second = await stale('Ben again.', 'Ann again.')
    bot.ben.press(second, 'Use mine')
    await becomes(bot, bot.ben, second, EN.private.applied)
    await bot.discord.until(() => readable(draft.segment(1)).includes('Ben again.'), 'the text of Ben')

    const third = await stale('Third of Ben.', 'Third of Ann.')
    const again = await bot.ben.press(third, 'Edit again').modal()
    expect(again.text).toContain('Narration: Third of Ben.')
    bot.ben.submit(again, { Narration: 'Both of us.' })
    await bot.discord.until(() => readable(draft.segment(1)).includes('Both of us.'), 'what both wrote')
  })

  test('of a person in another language is in theirs, the thread is not', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create()
    const min = bot.discord.user('min', { locale: 'ko' })
    const modal = await min.press(draft.segment(1), 'Edit').modal()
    expect(modal.text).toContain(`${wordsFor('ko').form.narration}: One two three.`)
    const refused = await answerTo(min.submit(modal, { duration: '0' }))
    expect(readable(refused)).toContain(wordsFor('ko').private.notSaved)
    expect(readable(draft.segment(1))).toContain('Footage search')
  })
})

describe('other forms and menus', () => {
  test('settings, a new segment, moving, splitting, merging, removing, undoing', async () => {
    const bot = await discordBot()
    const draft = await bot.create()
    const settings = await bot.ann.press(draft.top(), 'Settings').modal()
    bot.ann.submit(settings, { Title: 'Green tea', Tags: 'tea, green', Template: 'News', Music: 'No music' })
    await bot.discord.until(() => readable(draft.top()).includes('#green'), 'the new tags')
    expect(readable(draft.top())).toMatch(/## Green tea\n[\s\S]*News captions · No music/)
    await bot.settle(draft.draftId)

    const order = () =>
      draft
        .messages()
        .slice(1, -1)
        .map((message) => /> (\w+)/.exec(readable(message))?.[1])
    const menu = async (place: number, item: string, wanted: string[]) => {
      bot.ann.choose(draft.segment(place), 'More…', item)
      await bot.discord.until(() => order().join() === wanted.join(), `${item} to give ${wanted.join()}`)
      await bot.settle(draft.draftId)
    }
    await menu(1, 'Move down', ['Four', 'One', 'Seven'])
    await menu(3, 'Move up', ['Four', 'Seven', 'One'])
    const insert = await bot.ann.choose(draft.segment(1), 'More…', 'Insert after').modal()
    bot.ann.submit(insert, { Narration: 'Ten eleven. Twelve.' })
    await bot.discord.until(() => order()[1] === 'Ten' && order().length === 4, 'the new segment')
    await bot.settle(draft.draftId)
    await menu(2, 'Split in two', ['Four', 'Ten', 'Twelve', 'Seven', 'One'])
    await menu(2, 'Merge with next', ['Four', 'Ten', 'Seven', 'One'])
    await menu(1, 'Remove', ['Ten', 'Seven', 'One'])
    bot.ann.press(draft.controls(), 'Undo')
    await bot.discord.until(() => order()[0] === 'Four', 'the undo')
    await bot.settle(draft.draftId)
    const [more] = await bot.ben.press(draft.controls(), 'More…').privateMessages()
    if (!more) throw new Error('More… shows nothing.')
    bot.ben.press(more, 'History')
    await bot.discord.until(
      () => readable(bot.ben.current(more)).includes('ann: removed segment 1'),
      'the history in its place',
    )
  })

  test('settings that the form has no room for are asked for in a second one', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create()
    const settings = await bot.ann.press(draft.top(), 'Settings').modal()
    expect(settings.text).not.toContain('Language')
    const offer = await answerTo(bot.ann.submit(settings, { Title: 'Green tea' }))
    expect(readable(offer)).toMatch(
      /Music volume: 25\n> Language: English\n> Approvals before[\s\S]*\[Change look\] \[Change language\] \[Approvals\]/,
    )
    expect(readable(offer)).toContain(EN.private.savedWithMore)
    const load = () => getDraft(bot.program.core, `discord:${bot.discord.guild.id}`, draft.draftId)
    expect((await load()).draft.title).toBe('Green tea')
    const more = await bot.ann.press(offer, 'Change language').modal()
    expect(more.text).toBe('Change language\nLanguage: English')
    bot.ann.submit(more, { Language: 'ko' })
    await becomes(bot, bot.ann, offer, EN.private.done)
    expect((await load()).draft).toMatchObject({ title: 'Green tea', language: 'ko' })
  })

  test('the same is chosen in a menu again, though nothing came of it before', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create()
    for (const _time of ['first', 'second']) {
      const refused = await answerTo(bot.ann.choose(draft.segment(1), 'More…', 'Split in two'))
      expect(readable(refused)).toBe(EN.errors.cannot_split(undefined))
    }
  })

  test('footage is chosen from pictures that only this person sees', async () => {
    const bot = await discordBot()
    const draft = await bot.create()
    const shown = await answerTo(bot.ann.press(draft.segment(1), 'Footage'))
    const [sheet, ...others] = shown.attachments
    expect(others).toEqual([])
    expect(readable(shown)).toMatch(
      /Footage for segment 1\*\*\n\(footage-[0-9a-f]+\.jpg: Numbered pictures to choose from\. 1: Picture 0; 2: /,
    )
    expect(readable(shown)).toMatch(
      /\*\*\d\*\* {2}Picture \d · still picture · [^\n]+ · \*\*in use here\*\*\n\*\*\d/,
    )
    expect(readable(shown)).toMatch(/Picture \d · still picture · [^\n]+ · already in segment \d\n/)
    const arrived = Promise.withResolvers<void>()
    bot.program.fakes.onFetch = () => arrived.promise
    bot.ann.press(shown, '4')
    const waiting = await becomes(bot, bot.ann, shown, EN.private.fetching(4))
    expect(waiting.attachments).toEqual([sheet])
    arrived.resolve()
    const done = await becomes(bot, bot.ann, shown, EN.private.chosen(4))
    expect(readable(done)).toContain('[4 ✓]')
    // The picture stays and isn't uploaded again.
    expect(done.attachments).toEqual([sheet])
    await bot.discord.until(() => readable(draft.segment(1)).includes('Author 3'), 'the new footage')
  })
})
