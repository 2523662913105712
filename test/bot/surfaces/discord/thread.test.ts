import { describe, expect, test } from 'vitest'
import { BusyError, FileTooLargeError, GoneError, PermissionError } from '../../../../src/bot/thread/chat.ts'
import { wordsFor } from '../../../../src/bot/words/index.ts'
import { connectTo, discordBot, readable } from '../../../factories/discord.ts'
import { testProgram } from '../../../factories/program.ts'

const MESSAGES = '/channels/{channel_id}/messages'
const MESSAGE = '/channels/{channel_id}/messages/{message_id}'

const order = (messages: { segments: string[] }) => messages.segments.join()

describe('the thread of a draft', () => {
  test('is not touched when nothing changed, and a picture that is there is not sent again', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create()
    const count = () => bot.discord.requests.filter(({ method }) => method !== 'GET').length
    const before = count()
    bot.program.threads.refresh(draft.draftId)
    await bot.program.threads.settled()
    expect(count()).toBe(before)

    const [picture] = draft.segment(1).attachments
    const modal = await bot.ann.press(draft.segment(1), 'Edit').modal()
    bot.ann.submit(modal, { Keyword: 'leaf' })
    await bot.discord.until(() => readable(draft.segment(1)).includes('leaf'), 'the edit')
    await bot.settle(draft.draftId)
    expect(draft.segment(1).attachments.map(({ id }) => id)).toEqual([picture?.id])
    expect(bot.discord.requestsTo('PATCH', MESSAGE).at(-1)?.files).toEqual([])
  })

  test('gets a deleted message back, in its place', async () => {
    const bot = await discordBot()
    const draft = await bot.create()
    const segments = () =>
      draft.messages().flatMap((message) => /Segment \d of 3|## Tea/.exec(readable(message))?.[0] ?? [])
    const inOrder = ['## Tea', 'Segment 1 of 3', 'Segment 2 of 3', 'Segment 3 of 3']
    bot.discord.deleteMessage(draft.segment(2))
    await bot.discord.until(
      () => order({ segments: segments().map(String) }) === inOrder.join(),
      'it to be posted again',
    )
    await bot.program.threads.settled()
    expect(segments()).toEqual(inOrder)
    bot.discord.deleteMessage(draft.top())
    await bot.discord.until(
      () => order({ segments: segments().map(String) }) === inOrder.join(),
      'the top to be posted again',
    )
    await bot.program.threads.settled()
    expect(segments()).toEqual(inOrder)
  })

  test('is started again by /draft show when somebody deleted it', async () => {
    const bot = await discordBot({ segments: 1 })
    const { draftId, thread } = await bot.create()
    bot.discord.deleteChannel(thread)
    const answer = await bot.ben.command('draft show', { draft: draftId }).response()
    const [fresh] = bot.discord.threads()
    if (!fresh) throw new Error('There is no new thread.')
    expect(readable(answer)).toContain(`/${bot.discord.guild.id}/${fresh.id}/`)
    expect(bot.discord.messages(fresh)).toHaveLength(3)
  })

  test('is opened again when Discord has archived it', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create()
    bot.discord.setThread(draft.thread, { archived: true })
    const modal = await bot.ann.press(draft.segment(1), 'Edit').modal()
    bot.ann.submit(modal, { Keyword: 'leaf' })
    await bot.discord.until(() => readable(draft.segment(1)).includes('leaf'), 'the edit')
    expect(draft.thread.thread?.archived).toBe(false)
  })

  test('that the bot may not write in any more: /draft show names what is missing', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create()
    bot.discord.deny(['SendMessagesInThreads'])
    bot.discord.deleteMessage(draft.segment(1))
    const answer = await bot.ann.command('draft show', { draft: draft.draftId }).response()
    expect(readable(answer)).toBe(wordsFor('en').permission('Send Messages in Threads'))
    bot.discord.allow(['SendMessagesInThreads'])
    expect(readable(await bot.ann.command('draft show', { draft: draft.draftId }).response())).toContain(
      '[Tea]',
    )
    expect(draft.messages()).toHaveLength(3)
  })

  test('works after a restart, whatever the age of its buttons', async () => {
    const bot = await discordBot({ segments: 1 })
    const draft = await bot.create()
    const before = bot.discord.requestsTo('POST', MESSAGES).length
    await bot.surface.stop()
    await bot.program.stop()
    const second = await testProgram({ folder: bot.program.folder, fakes: bot.program.fakes, start: false })
    await connectTo(bot.discord, second)
    await second.start()
    bot.discord.clock.advance(30 * 24 * 3_600_000)
    const modal = await bot.ben.press(draft.segment(1), 'Edit').modal()
    bot.ben.submit(modal, { Narration: 'After the restart.' })
    await bot.discord.until(() => readable(draft.segment(1)).includes('After the restart.'), 'the edit')
    await second.threads.settled()
    expect(bot.discord.requestsTo('POST', MESSAGES)).toHaveLength(before)
  })
})

describe('the way to a channel', () => {
  const view = (text: string) => ({
    summary: text,
    tone: 'neutral' as const,
    blocks: [{ type: 'text' as const, text }],
  })

  test('the same nonce is the same message, also when the answer was lost', async () => {
    const { discord, surface } = await discordBot()
    const spot = { channelId: discord.channel.id, threadId: null }
    discord.fault({ method: 'POST', route: MESSAGES, applied: true, status: 502 })
    const first = await surface.chat.send(
      spot,
      view('once'),
      'a nonce that is longer than twenty-five characters',
    )
    const second = await surface.chat.send(
      spot,
      view('once'),
      'a nonce that is longer than twenty-five characters',
    )
    expect([second.messageId, discord.messages().length]).toEqual([first.messageId, 1])
    expect(discord.violations).toEqual([])
  })

  test('says which messages are still there, however many were written in between', async () => {
    const { discord, surface, ann } = await discordBot()
    const spot = { channelId: discord.channel.id, threadId: null }
    const ids: string[] = []
    for (let round = 0; round < 4; round++) {
      ids.push((await surface.chat.send(spot, view(`message ${round}`), `nonce ${round}`)).messageId)
      for (let line = 0; line < 150; line++) ann.say(`line ${line}`)
    }
    await surface.chat.remove(spot, ids[1] ?? '')
    expect([...(await surface.chat.present(spot, ids))].sort()).toEqual([ids[0], ids[2], ids[3]])
    expect(discord.requestsTo('GET', MESSAGES).length).toBeLessThanOrEqual(4)
    discord.deny(['ReadMessageHistory'])
    await expect(surface.chat.present(spot, ids)).rejects.toMatchObject({
      permission: 'ReadMessageHistory',
    })
  })

  test('what is gone is said to be gone, what is not allowed is named', async () => {
    const { discord, surface } = await discordBot()
    const spot = { channelId: discord.channel.id, threadId: null }
    const { messageId } = await surface.chat.send(spot, view('x'), 'n')
    await surface.chat.remove(spot, messageId)
    await expect(surface.chat.edit(spot, messageId, view('y'), {})).rejects.toEqual(new GoneError('message'))
    await expect(surface.chat.remove(spot, messageId)).rejects.toBeInstanceOf(GoneError)
    const nowhere = { channelId: '1', threadId: '2' }
    await expect(surface.chat.send(nowhere, view('x'), 'n')).rejects.toMatchObject({ what: 'thread' })
    discord.deny(['SendMessages'])
    await expect(surface.chat.send(spot, view('x'), 'm')).rejects.toEqual(new PermissionError('SendMessages'))
    discord.allow(['SendMessages'])
    discord.deny(['ViewChannel'])
    await expect(surface.chat.send(spot, view('x'), 'm')).rejects.toEqual(new PermissionError('ViewChannel'))
  })

  test('waits where old messages were edited too often', async () => {
    const { discord, surface } = await discordBot()
    const spot = { channelId: discord.channel.id, threadId: null }
    const { messageId } = await surface.chat.send(spot, view('x'), 'n')
    const body = { code: 30046, message: 'Maximum number of edits to messages older than 1 hour reached' }
    discord.fault({ method: 'PATCH', route: MESSAGE, status: 400, body })
    await expect(surface.chat.edit(spot, messageId, view('y'), {})).rejects.toBeInstanceOf(BusyError)
  })

  test('knows how much may be sent where', async () => {
    const { discord, surface } = await discordBot()
    const mib = 1024 * 1024
    expect(await surface.chat.uploadLimit({ channelId: discord.channel.id, threadId: null })).toBe(10 * mib)
    const boosted = discord.addChannel({ guild: discord.addGuild({ premiumTier: 2 }) })
    const limit = await discord.until(
      () => surface.chat.uploadLimit({ channelId: boosted.id, threadId: null }).catch(() => 0),
      'the new server to be known',
    )
    expect(limit).toBe(50 * mib)
    const spot = { channelId: boosted.id, threadId: null }
    const refused = {
      method: 'POST',
      route: MESSAGES,
      status: 413,
      body: { code: 40005, message: 'Too large' },
    }
    for (const next of [10, 8]) {
      discord.fault(refused)
      await expect(surface.chat.send(spot, view('x'), `nonce ${next}`)).rejects.toBeInstanceOf(
        FileTooLargeError,
      )
      expect(await surface.chat.uploadLimit(spot)).toBe(next * mib)
    }
  })
})
