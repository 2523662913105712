import { expect, it } from 'vitest'
import { LOCAL, localSignIn } from '../../../src/bot/surfaces/web/local.ts'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { editSettings } from '../../../src/core/draft/edit-settings.ts'
import { announceExpiry, removeExpired } from '../../../src/core/draft/expire.ts'
import { scope, sharedProgram } from '../../factories/program.ts'

let now = Date.now()
const DAY = 86_400_000
const program = sharedProgram({ start: false, clock: () => new Date(now) })

it('drafts of the studio alone have no thread: nothing is left to be shown, now or at the next start', async () => {
  const { core, threads, queue } = program()
  threads.withoutThreads(LOCAL.surface)
  await program().start()
  const { actor } = localSignIn()
  const { draftId } = await requestDraft(core, { topic: 'Tea' }, actor, LOCAL)
  await queue.idle(draftId)
  await threads.settled()
  const behind = () =>
    core.db
      .fork()
      .execute('select changes, shown from thread_marks where draft_id = ? and changes <> shown', [draftId])
  expect(await behind()).toEqual([])
  expect(await threads.link(draftId)).toBeNull()
  expect(await threads.recover()).toEqual([])
  await editSettings(core, scope(draftId, actor, LOCAL.workspace), { title: 'Green tea' })
  threads.refresh(draftId)
  await threads.sync(draftId)
  await threads.settled()
  expect(await behind()).toEqual([])
  // No one touches it, and it is removed.
  now += 31 * DAY
  expect(await announceExpiry(core, { now: new Date(now), ttlDays: 30 })).toBe(1)
  await threads.settled()
  expect(await behind()).toEqual([])
  now += 2 * DAY
  await removeExpired(core, { now: new Date(now), ttlDays: 30 })
  await threads.settled()
  for (const table of ['drafts', 'thread_marks', 'thread_messages'])
    expect(await core.db.fork().execute(`select * from ${table} where draft_id = ?`, [draftId])).toEqual([])
})
