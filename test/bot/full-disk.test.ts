import { expect, it, onTestFinished } from 'vitest'
import { en } from '../../src/bot/words/en.ts'
import { ko } from '../../src/bot/words/ko.ts'
import { wordsFor } from '../../src/bot/words/index.ts'
import { JobEntity } from '../../src/db/entities/job.ts'
import { desk, readyDraft } from '../factories/desk.ts'
import { discordBot, readable } from '../factories/discord.ts'
import { fillUp, makeRoom } from '../factories/full-disk.ts'
import { sharedProgram, type TestProgram } from '../factories/program.ts'
import { slackBot } from '../factories/slack.ts'

const FULL = en.errors.disk_full(undefined)
/** Long enough to need room of its own. */
const LONG = 'Long words. '.repeat(100)

const program = sharedProgram()

async function full(of: TestProgram): Promise<void> {
  const { db } = of.core
  await of.queue.idle()
  // What little room is left on the last pages is not to decide.
  await db
    .fork()
    .getConnection()
    .execute(
      `create temp trigger full before insert on handled_events begin
         insert into probe (id, written_at, filler) values (9, 0, zeroblob(1000000)); end`,
    )
  await fillUp(db)
  onTestFinished(() => empty(of))
}

async function empty(of: TestProgram): Promise<void> {
  await of.core.db.fork().getConnection().execute('drop trigger if exists temp.full')
  await makeRoom(of.core.db)
}

it('says to whoever presses, commands or sends a form that the disk is full, and works when there is room', async () => {
  const { press, command, send, chat } = desk(program)
  const { draftId, segment, editForm, text } = await readyDraft(program)
  await full(program())
  expect((await command('create', { topic: 'Tea' })).said).toContain(FULL)
  expect((await press(`render:${draftId}`, { words: wordsFor('ko') })).said).not.toBe('')
  expect((await press(editForm)).form?.fields.length).toBeGreaterThan(0)
  const form = editForm.replace('edit_form', 'edit')
  const { refused } = await send(form, { text: LONG })
  expect(JSON.stringify(refused)).toContain(FULL)
  // Nothing could be kept, so the words are given back.
  expect(JSON.stringify(refused)).toContain(LONG.trim())
  expect(JSON.stringify(await send(form, { text: LONG }, { words: wordsFor('ko') }))).toContain(
    ko.errors.disk_full(undefined),
  )
  await empty(program())
  await send(form, { text: 'New words.' })
  expect(await text()).toBe('New words.')
  expect([segment.id > 0, chat.posted.length >= 0]).toEqual([true, true])
})
