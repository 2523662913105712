import { afterEach, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../../src/bot/handlers/commands.ts'
import { suggestDrafts } from '../../../src/bot/handlers/name-draft.ts'
import { loadSettings } from '../../../src/bot/program/config.ts'
import { strangersNote } from '../../../src/bot/program/strangers-note.ts'
import { encodeAction, VERBS } from '../../../src/bot/view/action-id.ts'
import { en } from '../../../src/bot/words/en.ts'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { isServed } from '../../../src/core/model/served.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { desk as deskOf } from '../../factories/desk.ts'
import { ANN, PLACE } from '../../factories/people.ts'
import { sharedProgram, testProgram } from '../../factories/program.ts'
import { fakeRequest } from '../../fakes/chat.ts'

const ALLOWED_WORKSPACES = 'discord:123456, T0123'
const program = sharedProgram({ env: { ALLOWED_WORKSPACES } })
const REFUSAL = en.errors.workspace_not_allowed(undefined)

afterEach(() => program().threads.settled())

/** A draft of the workspace, made before the setting was. */
async function stranded(workspace: string) {
  const { core } = program()
  // Made in an allowed place that is not allowed any more.
  const { draftId } = await requestDraft(core, { topic: 'Tea' }, ANN, { ...PLACE, workspace: 'slack:T0123' })
  await program().queue.idle(draftId)
  await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { workspace })
  await core.db.fork().nativeUpdate(JobEntity, { draftId }, { workspace })
  return draftId
}

describe('a workspace that is not allowed', () => {
  it('is answered privately whatever anybody does there, and nothing is done', async () => {
    const { core } = program()
    const draftId = await stranded(PLACE.workspace)
    const before = await core.db.fork().findOneOrFail(DraftEntity, { draftId })
    const jobs = await core.db.fork().count(JobEntity)
    const { command, press, send, message, chat } = deskOf(program)
    for (const { name } of COMMANDS)
      expect((await command(name, { topic: 'Tea', draft: draftId })).said).toBe(REFUSAL)
    for (const verb of VERBS) {
      const id = encodeAction(verb, draftId, 1, 1)
      expect([verb, (await press(id)).said, (await send(id, {})).said]).toEqual([verb, REFUSAL, REFUSAL])
    }
    expect((await message('Tea')).said).toBe(REFUSAL)
    expect(await suggestDrafts(program().bot, fakeRequest(chat).request, 'Tea', 5)).toEqual([])
    expect(chat.posted).toEqual([])
    expect(await core.db.fork().count(JobEntity)).toBe(jobs)
    expect(await core.db.fork().findOneOrFail(DraftEntity, { draftId })).toEqual(before)
  })

  it('keeps its drafts, whose jobs and threads wait until it is allowed', async () => {
    const { core, queue, threads } = program()
    const draftId = await stranded('discord:999999')
    const { chat } = deskOf(program)
    const job = {
      kind: 'sound',
      key: `sound:${draftId}`,
      draftId,
      workspace: 'discord:999999',
      requester: ANN,
    } as const
    const jobId = await queue.enqueue(job)
    threads.refresh(draftId)
    const { draftId: other } = await requestDraft(core, { topic: 'Tea' }, ANN, {
      ...PLACE,
      workspace: 'discord:123456',
    })
    await queue.idle(other)
    await threads.settled()
    expect(await core.db.fork().findOneOrFail(JobEntity, { jobId })).toMatchObject({
      state: 'queued',
      attempts: 0,
    })
    expect(JSON.stringify(chat.posted)).toContain(other)
    expect(JSON.stringify(chat.posted)).not.toContain(draftId)
    await core.db.fork().nativeDelete(JobEntity, { jobId })
  })

  it('may be a direct message, which is only served where that is listed', async () => {
    const { command } = deskOf(program)
    const { said } = await command('help', {}, { workspace: 'discord:dm:42' })
    expect(said).toBe(en.errors.direct_messages_not_allowed(undefined))
    expect(isServed(['discord:dm'], 'discord:dm:42')).toBe(true)
    expect(isServed(['discord:1'], 'discord:12')).toBe(false)
  })
})

describe('ALLOWED_WORKSPACES', () => {
  const read = (value: string) => loadSettings({ ALLOWED_WORKSPACES: value }).ALLOWED_WORKSPACES

  it('takes ids with and without their platform, and direct messages of Discord', () => {
    expect(read('discord:123456,slack:T0AB, 987654 ,t0cd, discord:dm')).toEqual([
      ...['discord:123456', 'slack:T0AB', 'discord:987654', 'slack:T0CD', 'discord:dm'],
    ])
    for (const wrong of ['my server', 'slack:123456', 'discord:T0AB', 'dm', 'discord:', '123456;987654', ','])
      expect(() => read(wrong), wrong).toThrow(/^ALLOWED_WORKSPACES must be server and workspace IDs/)
  })

  it('lets everybody in where it is not set, and who has keys is told so', async () => {
    const free = await testProgram({ start: false })
    expect(isServed(free.core.served, 'discord:1')).toBe(true)
    expect(free.notes()).toEqual([])
    const OPENAI_API_KEY = 'sk-test'
    expect(strangersNote(loadSettings({ OPENAI_API_KEY }))).toEqual([
      expect.stringMatching(/^ALLOWED_WORKSPACES/),
    ])
    expect(strangersNote(loadSettings({ OPENAI_API_KEY, ALLOWED_WORKSPACES }))).toEqual([])
  })
})
