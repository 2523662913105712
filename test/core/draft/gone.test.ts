import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import SqliteFile from 'better-sqlite3'
import { expect, it } from 'vitest'
import { keepForm } from '../../../src/bot/handlers/kept-forms.ts'
import { encodeAction } from '../../../src/bot/view/action-id.ts'
import { removeOldActs } from '../../../src/core/draft/audit.ts'
import { footageChoices } from '../../../src/core/draft/choose-footage.ts'
import { requestDraft } from '../../../src/core/draft/create.ts'
import { usingFiles } from '../../../src/core/draft/draft-files.ts'
import { editSegment } from '../../../src/core/draft/edit-segment.ts'
import { addNote } from '../../../src/core/draft/notes/notes.ts'
import { deleteDraft } from '../../../src/core/draft/remove.ts'
import { reopenDraft, requestRender } from '../../../src/core/draft/render.ts'
import { storedName } from '../../../src/core/model/store.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { KeptFormEntity } from '../../../src/db/entities/kept-form.ts'
import { ProposalEntity } from '../../../src/db/entities/proposal.ts'
import { filesWith } from '../../factories/kept-words.ts'
import { PLACE } from '../../factories/people.ts'
import { scope, type TestProgram, testProgram } from '../../factories/program.ts'
import { quickProviders } from '../../fakes/providers.ts'

const WORDS = ['Zyxwandel', 'Quorvath', 'Ilmarune', 'Brexonia'] as const
const [TOPIC, NARRATION, EDITED, NAME] = WORDS
const ROSE = { id: 'person-1', name: NAME }

async function storedFiles({ folder }: TestProgram): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => file.includes(path.sep))
    .sort()
}

/** Only the audit trail outlives a draft. It says who did what, not what the draft was about. */
async function forgetActs({ core }: TestProgram): Promise<void> {
  await removeOldActs(core.db, new Date(core.clock().getTime() + 1))
  await core.db.forgetFreed()
}

/** A draft with everything it can leave behind: an edit, candidates, returned forms, a render. */
async function busyDraft(program: TestProgram): Promise<string> {
  const { core, queue, load, bot } = program
  const form = { workspace: PLACE.workspace, actor: ROSE }
  const typed = { topic: TOPIC, duration: 'very long' }
  await keepForm(bot, form, encodeAction('create'), typed)
  const { draftId } = await requestDraft(core, { topic: TOPIC, format: 'square' }, ROSE, PLACE)
  await queue.idle(draftId)
  const segmentId = (await load(draftId)).segments[0]?.id ?? 0
  await footageChoices(core, scope(draftId, ROSE), segmentId, AbortSignal.timeout(60_000))
  const change = { text: `${EDITED} is said now.` }
  await editSegment(core, scope(draftId, ROSE), { segmentId, change })
  await queue.idle(draftId)
  await keepForm(bot, form, encodeAction('edit', draftId, segmentId, 1), { text: `${EDITED} once more` })
  await addNote(core, scope(draftId, ROSE), segmentId, `is ${EDITED} right?`)
  await core.db.fork().insert(ProposalEntity, {
    ...{ draftId, segmentId, segmentVersion: 1, instruction: 'calmer', textBefore: NARRATION },
    ...{ textAfter: `${EDITED}, calmly.`, provider: 'fake', state: 'open', createdAt: core.clock() },
    ...{ authorId: ROSE.id, authorName: NAME, decidedById: null, decidedByName: null, decidedAt: null },
  })
  await requestRender(core, scope(draftId, ROSE))
  await queue.idle(draftId)
  return draftId
}

it('leaves nothing of a deleted draft: no file, no word of it in any file, no row', async () => {
  const program = await testProgram({ fakes: quickProviders([`${NARRATION} is told.`]), rendersAhead: true })
  const { core, folder } = program
  const empty = await storedFiles(program)
  const draftId = await busyDraft(program)
  const made = await storedFiles(program)
  for (const kind of ['clips', 'footage', 'previews', 'sounds', 'videos', 'voices'])
    expect(made.some((file) => file.startsWith(kind))).toBe(true)
  // Every path in the folder is covered by the list of what is cleaned.
  expect(await core.store.foreign()).toEqual([])
  for (const word of WORDS) expect(await filesWith(folder, word)).not.toEqual([])

  await deleteDraft(core, scope(draftId, ROSE))
  expect(await storedFiles(program)).toEqual(empty)
  expect(await filesWith(folder, TOPIC, NARRATION, EDITED)).toEqual([])
  await forgetActs(program)
  expect(await filesWith(folder, ...WORDS)).toEqual([])
  const em = core.db.fork()
  expect(await em.count(KeptFormEntity)).toBe(0)
  // The job that counts against the day's render quota: an id and no name.
  expect(await em.find(JobEntity, { draftId })).toMatchObject([
    { kind: 'finalize', requesterId: ROSE.id, requesterName: null, payload: {}, outputVideoPath: null },
  ])
})

it('keeps what another draft has in common with it, what that one never had to make among it', async () => {
  const program = await testProgram({ fakes: quickProviders([`${NARRATION} is told.`]), rendersAhead: true })
  const { core, queue } = program
  const draftId = await busyDraft(program)
  await reopenDraft(core, scope(draftId, ROSE))
  const segmentId = (await program.load(draftId)).segments[0]?.id ?? 0
  const back = { text: `${NARRATION} is told.` }
  await editSegment(core, scope(draftId, ROSE), { segmentId, change: back })
  await queue.idle(draftId)
  const before = await storedFiles(program)
  const twin = await requestDraft(core, { topic: 'Tea', format: 'square' }, ROSE, PLACE)
  await queue.idle(twin.draftId)
  await deleteDraft(core, scope(draftId, ROSE))
  const { segments } = await program.load(twin.draftId)
  for (const { ttsLocalPath, videoLocalPath } of segments)
    for (const file of [ttsLocalPath, videoLocalPath]) expect(before).toContain(file)
  const left = await storedFiles(program)
  // The voice's note and recording, the picture, the still, the clip and its preview, the sound.
  const kinds = left.map((file) => file.split(path.sep)[0])
  expect(kinds).toEqual(
    expect.arrayContaining(['clips', 'footage', 'previews', 'previews', 'sounds', 'voices', 'voices']),
  )
  await requestRender(core, scope(twin.draftId, ROSE))
  await queue.idle(twin.draftId)
  const [render] = await core.db.fork().find(JobEntity, { draftId: twin.draftId, kind: 'finalize' })
  expect(render?.payload.report).toMatchObject({ clipsEncoded: 0, soundReused: true })
})

it('removes what work that did not hear of the deletion has still made', async () => {
  const program = await testProgram({ fakes: quickProviders(['One.']) })
  const { core } = program
  const draftId = await program.draft({ topic: 'Tea', collect: false })
  const before = await storedFiles(program)
  await usingFiles(core, draftId, async () => {
    await core.store.put(storedName('previews', 'ab0123', 'jpg'), (file) => writeFile(file, 'picture'))
    await deleteDraft(core, scope(draftId))
    expect(await storedFiles(program)).not.toEqual(before)
  })
  expect(await storedFiles(program)).toEqual(before)
})

it('keeps no words in the database although somebody reads it meanwhile, once they have read', async () => {
  const program = await testProgram({ fakes: quickProviders([`${NARRATION} is told.`]) })
  const { core, folder } = program
  const draftId = await program.draft({ topic: TOPIC, collect: false }, ROSE)
  const reader = new SqliteFile(path.join(folder, 'rushes.sqlite'), { readonly: true })
  reader.exec('begin')
  reader.prepare('select count(*) from drafts').get()
  await deleteDraft(core, scope(draftId, ROSE))
  reader.exec('commit')
  reader.close()
  expect(await filesWith(folder, ...WORDS)).not.toEqual([])
  await removeOldActs(core.db, new Date(core.clock().getTime() + 1))
  expect(await core.db.forgetFreed()).toBe(true)
  expect(await filesWith(folder, ...WORDS)).toEqual([])
})
