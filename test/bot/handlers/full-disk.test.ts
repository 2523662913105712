import { expect, it, onTestFinished } from 'vitest'
import { encodeAction } from '../../../src/bot/view/action-id.ts'
import { en } from '../../../src/bot/words/en.ts'
import { wordsFor } from '../../../src/bot/words/index.ts'
import { ko } from '../../../src/bot/words/ko.ts'
import { HandledEventEntity } from '../../../src/db/entities/handled-event.ts'
import { desk, readyDraft } from '../../factories/desk.ts'
import { discordBot, readable } from '../../factories/discord.ts'
import { fillUp, makeRoom } from '../../factories/full-disk.ts'
import { sharedProgram, type TestProgram } from '../../factories/program.ts'
import { slackBot } from '../../factories/slack.ts'

const FULL = en.errors.disk_full(undefined)
const WORDS = 'Words that took a while.'

const program = sharedProgram()

/** No event can be recorded any more, even on pages that still had room for one. */
async function full({ core, queue, threads }: TestProgram): Promise<void> {
  await queue.idle()
  await threads.settled()
  const { db } = core
  await fillUp(db)
  onTestFinished(() => makeRoom(db))
  for (const length of [150, 1])
    for (let number = 0; ; number += 1) {
      const key = `${length}:${number}`.padEnd(length, 'x')
      const row = { key, createdAt: new Date(0) }
      if (
        !(await db
          .fork()
          .insert(HandledEventEntity, row)
          .catch(() => null))
      )
        break
    }
}

it('is said to everyone who types a command, presses a button or sends a form, in their language', async () => {
  const { press, command, send } = desk(program)
  const { draftId, editForm, text } = await readyDraft(program)
  await full(program())
  const inKorean = { words: wordsFor('ko') }
  expect((await command('create', { topic: 'Tea' })).said).toBe(FULL)
  expect((await press(encodeAction('undo', draftId, 0), inKorean)).said).toBe(ko.errors.disk_full(undefined))
  // Reads still work.
  const opened = await press(editForm)
  expect(opened.form?.fields.length).toBeGreaterThan(0)
  const form = opened.form?.action
  const { refused } = await send(form, { text: WORDS })
  expect(refused?.errors).toEqual({ text: FULL })
  // They can't be saved, so they are returned to the person.
  expect(JSON.stringify(refused?.view)).toContain(WORDS)
  expect((await send(form, { text: WORDS }, inKorean)).refused?.errors).toEqual({
    text: ko.errors.disk_full(undefined),
  })
  await makeRoom(program().core.db)
  await send(form, { text: WORDS })
  expect(await text()).toBe(WORDS)
})

it('is answered on Discord, forms included, and everything works once there is room', async () => {
  const bot = await discordBot()
  const draft = await bot.create()
  await full(bot.program)
  const { ann } = bot
  const modal = await ann.press(draft.segment(1), 'Edit').modal()
  const answers = [
    ann.command('draft list'),
    ann.command('draft create', { topic: 'Coffee' }),
    ann.press(draft.controls(), 'More…'),
    ann.submit(modal, { Narration: WORDS }),
  ]
  for (const interaction of answers) {
    const [message] = await interaction.privateMessages()
    expect(readable(message)).toContain(FULL)
  }
  const [given] = await (answers.at(-1) ?? expect.fail()).privateMessages()
  expect(readable(given)).toContain(WORDS)
  await makeRoom(bot.program.core.db)
  await ann.submit(modal, { Narration: WORDS }).acknowledged()
  await bot.discord.until(() => readable(draft.segment(1)).includes(WORDS), 'the new words')
})

it('is answered on Slack, where the form stays open', async () => {
  const { slack, create, program } = await slackBot()
  const { top } = await create()
  await full(program)
  const ann = slack.user('ann')
  const first = slack.thread(top)[0]
  const last = slack.thread(top).at(-1) ?? expect.fail()
  const form = await ann.press(first ?? expect.fail(), 'Edit').view()
  expect(Object.values(await ann.submit(form, { Narration: WORDS }).errors())).toEqual([FULL])
  const said = () => ann.ephemerals().filter((message) => slack.shown(message).includes(FULL)).length
  ann.press(last, 'More…')
  await slack.until(() => said() === 1)
  expect(slack.shown(await ann.command('/draft list').reply())).toContain(FULL)
  await makeRoom(program.core.db)
  await ann.submit(form, { Narration: WORDS }).acknowledged()
  await slack.until(() => slack.shown(first ?? expect.fail()).includes(WORDS))
})

it('is told in time that the database is busy, where a form should have opened', async () => {
  const { press } = desk(program)
  const { editForm } = await readyDraft(program)
  const { promise, resolve } = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const long = program().core.db.transaction(() => {
    begun.resolve()
    return promise
  })
  await begun.promise
  const answer = await press(editForm)
  expect([answer.said, answer.form]).toEqual([en.errors.database_busy(undefined), undefined])
  resolve()
  await long
  // Opening the form now would be a second answer.
  expect(answer.forms).toEqual([])
  expect((await press(editForm)).form).toBeDefined()
})
