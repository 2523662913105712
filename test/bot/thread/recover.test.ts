import { describe, expect, it } from 'vitest'
import type { Chat } from '../../../src/bot/thread/chat.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { ProgramStateEntity } from '../../../src/db/entities/program-state.ts'
import { temporaryFolder } from '../../factories/folder.ts'
import { scope, type TestProgram, testProgram } from '../../factories/program.ts'
import { statementsOf } from '../../factories/statements.ts'
import { fakeChat, saidIn } from '../../fakes/chat.ts'

const DRAFTS = 300

/** A program on a folder, connected to a platform that outlives the program. */
async function start(folder: string, chat: Chat): Promise<TestProgram> {
  const program = await testProgram({ folder, start: false })
  program.threads.register(chat)
  await program.start()
  return program
}

/** A draft in its thread, from a program that has since ended; and a way to start the next one. */
async function ended() {
  const folder = await temporaryFolder()
  const chat = fakeChat()
  const first = await start(folder, chat)
  const draftId = await first.draft({ topic: 'Tea', format: 'square' })
  await first.threads.settled()
  const { segments, draft } = await first.load(draftId)
  return {
    ...{ first, chat, draftId, draft, segmentId: segments[0]?.id ?? 0 },
    /** The calls the next program makes to the platform after its start. */
    next: async () => {
      await first.stop()
      chat.calls.length = 0
      const program = await start(folder, chat)
      const reads = statementsOf(program)
      await program.threads.settled()
      return { program, calls: [...chat.calls], reads: reads.length }
    },
  }
}

/** Many copies of the first draft, each shown in its own thread. */
async function multiply({ core }: TestProgram, draftId: string): Promise<void> {
  const em = core.db.fork()
  const tables = {
    drafts: 'draft_id',
    draft_segments: 'draft_id',
    draft_versions: 'draft_id',
    thread_messages: 'draft_id, message_id',
  }
  for (const [table, own] of Object.entries(tables)) {
    const columns: { name: string }[] = await em.execute(`select name from pragma_table_info('${table}')`)
    const names = columns.map(({ name }) => name).filter((name) => name !== 'id')
    const values = names.map((name) => (own.split(', ').includes(name) ? `${name} || '-' || n.i` : name))
    await em.execute(
      `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${DRAFTS})
         insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${table}, n where draft_id = ?`,
      [draftId],
    )
  }
}

describe('a start', () => {
  it('asks a platform nothing about drafts that have not changed, and does not read them', async () => {
    const { first, draftId, next } = await ended()
    await multiply(first, draftId)
    expect(await first.core.db.fork().count(DraftEntity)).toBe(DRAFTS + 1)
    const { calls, reads } = await next()
    expect(calls).toEqual([])
    expect(reads).toBe(0)
  })

  it('looks at no more than one in hundreds when one has changed', async () => {
    const { first, draftId, next } = await ended()
    await multiply(first, draftId)
    const title = 'Changed while nobody looked'
    await first.core.db.fork().nativeUpdate(DraftEntity, { draftId }, { title })
    const { calls, reads } = await next()
    expect(calls).toEqual([expect.stringMatching(/^edit /)])
    expect(reads).toBeLessThan(40)
  })

  it('shows what was changed in the moment in which the program ended', async () => {
    const { first, chat, draftId, draft, segmentId, next } = await ended()
    await first.threads.stop()
    await editSegment(first.core, scope(draftId), { segmentId, change: { keyword: 'leaf' } })
    await next()
    expect(chat.inThread(draft.threadId).some(({ view }) => saidIn(view).includes('leaf'))).toBe(true)
  })

  it('takes the messages of a draft away that was deleted in that moment', async () => {
    const { first, chat, draftId, draft, next } = await ended()
    await first.threads.stop()
    await deleteDraft(first.core, scope(draftId))
    const { program } = await next()
    expect(chat.inThread(draft.threadId)).toHaveLength(1)
    await program.stop()
  })

  it('opens the thread of a draft that has none yet', async () => {
    const { first, chat, next } = await ended()
    await first.threads.stop()
    const draftId = await first.draft({ topic: 'Tea', format: 'square' })
    const { program } = await next()
    const { threadId } = (await program.load(draftId)).draft
    expect(chat.inThread(threadId).length).toBeGreaterThan(0)
  })

  it('shows the render of a draft as ended that ended with the process', async () => {
    const { first, chat, draftId, draft, next } = await ended()
    await first.core.db.fork().nativeUpdate(DraftEntity, { draftId }, { status: 'converting' })
    first.core.events.changed(draftId)
    await first.threads.settled()
    const top = () => saidIn(chat.inThread(draft.threadId)[0]?.view)
    expect(top()).not.toContain('Ready to render')
    await next()
    expect(top()).toContain('Ready to render')
  })

  it('looks at a deleted thread once, and not again until something changes', async () => {
    const { first, chat, draftId, draft, next } = await ended()
    chat.deleteThread(draft.threadId ?? '')
    await first.core.db.fork().nativeUpdate(DraftEntity, { draftId }, { title: 'Other' })
    first.core.events.changed(draftId)
    await first.threads.settled()
    expect(await next()).toMatchObject({ calls: [], reads: 0 })
  })

  it('compares what people work at with the views of another version, and sends nothing where they say the same', async () => {
    const { first, draftId, next } = await ended()
    await first.core.db.fork().nativeUpdate(ProgramStateEntity, { name: 'views' }, { value: 'of before' })
    const { program, calls, reads } = await next()
    expect(calls).toEqual([])
    expect(reads).toBeGreaterThan(5)
    expect(await program.core.db.fork().count(JobEntity, { draftId })).toBeGreaterThan(0)
  })
})
