import { expect, it } from 'vitest'
import { readPayload } from '../../../../src/core/draft/payloads.ts'
import { changeUploaded, uploadedVideo } from '../../../../src/core/draft/upload/change-uploaded.ts'
import { requestUpload } from '../../../../src/core/draft/upload/request-upload.ts'
import { uploadShown } from '../../../../src/core/draft/upload/upload-view.ts'
import { JobEntity } from '../../../../src/db/entities/job.ts'
import { finishedDraft } from '../../../factories/finished-draft.ts'
import { linkChannel, quickGoogle } from '../../../factories/google.ts'
import { ANN, BEN } from '../../../factories/people.ts'
import { scope, testProgram } from '../../../factories/program.ts'

/** Two finished drafts with uploaded videos, of a program whose time can be moved on. */
async function uploaded() {
  const google = await quickGoogle()
  let passed = 0
  const clock = () => new Date(Date.now() + passed)
  const program = await testProgram({ env: google.env, clock })
  const { core, queue } = program
  await linkChannel(program, google)
  const { draftId, render } = await finishedDraft(core)
  const choice = { privacy: 'private', publishAt: null, madeForKids: false, syntheticMedia: false } as const
  await requestUpload(core, scope(draftId), { ...choice, title: 'Bees', description: '', tags: [] })
  await queue.idle(draftId)
  const rows = () => core.db.fork().find(JobEntity, { kind: 'upload' })
  const [{ id } = { id: 0 }] = await rows()
  const { draft } = await program.load(draftId)
  return {
    ...{ core, draftId, id, rows, google },
    shown: async () => (await uploadShown(core, draft, render))?.upload,
    video: () => uploadedVideo(core, scope(draftId), id),
    pass: (milliseconds: number) => {
      passed += milliseconds
    },
  }
}

it('leaves an upload as it has become while the platform was asked', async () => {
  const { core, draftId, id, rows } = await uploaded()
  const [row] = await rows()
  const payload = readPayload('upload', row ?? null)
  const em = core.db.fork()
  // The job is still adding a poster when the change begins, and ends while the platform is asked.
  const running = { state: 'running', payload: { ...payload, hasPoster: false } } as const
  await em.nativeUpdate(JobEntity, { id }, running)
  const [platform] = core.platforms
  if (!platform) throw new Error('a platform is set up')
  const { update } = platform.uploads
  platform.uploads.update = async (...asked) => {
    await em.nativeUpdate(JobEntity, { id }, { state: 'done', payload: { ...payload, hasPoster: true } })
    return update.apply(platform.uploads, asked)
  }
  await changeUploaded(core, scope(draftId), id, { title: 'Wasps' })
  const [now] = await rows()
  expect(now).toMatchObject({ state: 'done', payload: { hasPoster: true, details: { title: 'Wasps' } } })
})

it('counts a schedule that has passed as nobody’s change, and shows the video as public', async () => {
  const { core, draftId, id, video, shown, pass } = await uploaded()
  await changeUploaded(core, scope(draftId), id, { publishAt: Date.now() + 3_600_000 })
  const { version } = await video()
  expect(await shown()).toMatchObject({ asked: 'private', onPlatform: { privacy: 'private' } })
  pass(2 * 3_600_000)
  expect(await shown()).toMatchObject({
    asked: 'public',
    publishAt: null,
    onPlatform: { privacy: 'public' },
  })
  await changeUploaded(core, scope(draftId, BEN), id, { title: 'Wasps' }, version)
  // From here on Ann's version is old, and it was Ben.
  await expect(
    changeUploaded(core, scope(draftId, ANN), id, { title: 'Ants' }, version),
  ).rejects.toMatchObject({
    changedBy: BEN.name,
  })
})
