import { expect, it } from 'vitest'
import { emptySegment } from '../../../../../src/core/draft/create.ts'
import { DraftEntity } from '../../../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../../../src/db/entities/job.ts'
import { SegmentEntity } from '../../../../../src/db/entities/segment.ts'
import { apiOf, clientOf, tokenOf } from '../../../../factories/api.ts'
import { linkedAccount, withGoogle } from '../../../../factories/google.ts'
import { draftRow } from '../../../../factories/rows.ts'

it('declares what is uploaded as it was asked for, and says where nothing can be', async () => {
  const linked = await withGoogle()
  const { program } = linked
  const call = await clientOf(await apiOf(program), await tokenOf(program))
  const { id, version, ...row } = draftRow()
  const { draftId } = row
  const em = program.core.db.fork()
  await em.insert(DraftEntity, row)
  await em.insert(SegmentEntity, { ...emptySegment(draftId, new Date()), segmentIndex: 0, text: 'Words.' })
  const finalize = async (upload: unknown) => {
    const headers = { prefer: 'respond-async' }
    const { status, body } = await call('finalize', {
      params: { draft_id: draftId },
      headers,
      body: { upload },
    })
    if (status !== 202) return [status, body.code]
    await call('cancel', { params: { draft_id: draftId } })
    const job = await em.fork().findOneOrFail(JobEntity, { jobId: body.data.job_id })
    return [status, job.payload.upload]
  }
  expect(await finalize(true)).toEqual([422, 'upload_not_configured'])
  await linkedAccount(linked)
  const plain = { privacy: 'private', publishAt: null, madeForKids: false, syntheticMedia: false }
  expect(await finalize(true)).toEqual([202, plain])
  // What was said of the draft stays said.
  expect(await finalize(null)).toEqual([202, plain])
  expect(await finalize('kids')).toEqual([202, { ...plain, madeForKids: true }])
  expect(await finalize(false)).toEqual([202, null])
  expect(await finalize('everything')).toEqual([422, 'not_a_choice'])
})
