import { mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { Chat } from '../../../../src/bot/thread/chat.ts'
import { placeDraft } from '../../../../src/core/draft/create.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { ThreadMessageEntity } from '../../../../src/db/entities/thread-message.ts'
import { type Created, type DiscordBot, discordBot, readable } from '../../../factories/discord.ts'
import { onDisk } from '../../../factories/on-disk.ts'
import { jobRow } from '../../../factories/rows.ts'

const MINUTE = 60_000

/** A bot whose clock is so far behind Discord's that its attempts are old and their nonces forgotten. */
async function oldBot(): Promise<DiscordBot> {
  return discordBot({ program: { clock: () => new Date(Date.now() - 10 * MINUTE) } })
}

/** From now on the first answer to every message is lost, and the retry comes after Discord has forgotten the nonce. */
function loseAnswers({ surface: { chat }, program, discord }: DiscordBot): void {
  const tried = new Set<string>()
  const losing: Chat = {
    ...chat,
    send: async (spot, view, nonce, triedAt) => {
      const sent = await chat.send(spot, view, nonce, triedAt)
      if (tried.has(nonce)) return sent
      tried.add(nonce)
      discord.clock.advance(10 * MINUTE)
      throw new Error('the process ended')
    },
  }
  program.threads.register(losing)
}

const heads = (draft: Created) =>
  draft.messages().flatMap((message) => /Segment \d of 3|## Tea/.exec(readable(message))?.[0] ?? [])

describe('after the process ended before it knew what had been sent', () => {
  test('a message that is there already is not posted again, however long that took', async () => {
    const bot = await oldBot()
    const draft = await bot.create()
    loseAnswers(bot)
    const lost = draft.segment(3).id
    bot.discord.deleteMessage(draft.segment(3))
    await bot.discord.until(() => draft.messages().length === 5, 'the message whose answer is lost')
    const posted = draft.segment(3).id
    expect(posted).not.toBe(lost)
    await bot.program.threads.settled()
    expect(heads(draft)).toEqual(['## Tea', 'Segment 1 of 3', 'Segment 2 of 3', 'Segment 3 of 3'])
    expect(draft.segment(3).id).toBe(posted)
  })

  test('the announcement that answered the command is taken up, and its thread', async () => {
    const bot = await discordBot()
    const draft = await bot.create()
    const { core, threads } = bot.program
    // As it was just after the answer: nothing has been recorded.
    await core.db.fork().nativeDelete(ThreadMessageEntity, { draftId: draft.draftId })
    const spot = { channelId: bot.discord.channel.id, threadId: null }
    await core.db.transaction((em) => placeDraft(em, draft.draftId, spot))
    for (const message of draft.messages()) bot.discord.deleteMessage(message)
    bot.discord.clock.advance(60 * MINUTE)
    threads.refresh(draft.draftId)
    await threads.settled()
    expect(bot.discord.messages().map(readable)).toEqual(['ann started a draft: Tea'])
    expect(bot.discord.threads().map(({ id }) => id)).toEqual([draft.thread.id])
    expect(heads(draft)).toEqual(['## Tea', 'Segment 1 of 3', 'Segment 2 of 3', 'Segment 3 of 3'])
  })

  test('so is one whose thread was not begun yet', async () => {
    const bot = await discordBot()
    const draft = await bot.create()
    const { core, threads } = bot.program
    await core.db.fork().nativeDelete(ThreadMessageEntity, { draftId: draft.draftId })
    const spot = { channelId: bot.discord.channel.id, threadId: null }
    await core.db.transaction((em) => placeDraft(em, draft.draftId, spot))
    bot.discord.deleteChannel(draft.thread)
    threads.refresh(draft.draftId)
    await threads.settled()
    expect(bot.discord.messages().map(readable)).toEqual(['ann started a draft: Tea'])
    expect(bot.discord.threads()).toHaveLength(1)
    expect(bot.discord.messages(bot.discord.threads()[0])).toHaveLength(5)
  })

  test('the video and the message that tells of it are there once', async () => {
    const bot = await oldBot()
    const draft = await bot.create()
    await finishedRender(bot, draft.draftId)
    loseAnswers(bot)
    bot.program.core.events.changed(draft.draftId)
    await bot.program.threads.settled()
    const lines = draft.messages().slice(4)
    const [film, ...others] = bot.discord.messages()
    expect(others).toEqual([])
    expect(film?.attachments.map(({ filename }) => filename)).toEqual([expect.stringMatching(/^job_.*mp4$/)])
    expect(lines.map(readable)).toEqual([expect.stringContaining('The video “Tea” is ready.')])
    expect(lines.map(readable)).toEqual([expect.stringContaining(film?.id ?? '')])
  })
})

/** A draft whose video exists. */
async function finishedRender({ program: { core } }: DiscordBot, draftId: string): Promise<void> {
  const outputVideoPath = `videos/${draftId}.mp4`
  await mkdir(onDisk(core.store, 'videos'), { recursive: true })
  await writeFile(onDisk(core.store, outputVideoPath), 'a film')
  const { id, ...job } = jobRow({ jobId: `job_of_${draftId}`, draftId, outputVideoPath })
  await core.db.fork().insert(JobEntity, job)
  await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'finalized' })
}
