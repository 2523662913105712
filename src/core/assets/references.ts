import { JobEntity } from '../../db/entities/job.ts'
import { RevisionEntity } from '../../db/entities/revision.ts'
import { SegmentEntity } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'

/** Every file of the store that a draft, one of its kept revisions or one of its renders refers to. */
export async function draftFiles(em: EntityManager, draftId?: string): Promise<Set<string>> {
  const where = draftId === undefined ? {} : { draftId }
  const [segments, revisions, jobs] = await Promise.all([
    em.find(SegmentEntity, where, { fields: ['ttsLocalPath', 'videoLocalPath'] }),
    em.find(RevisionEntity, where, { fields: ['snapshot'] }),
    em.find(JobEntity, { ...where, outputVideoPath: { $ne: null } }, { fields: ['outputVideoPath'] }),
  ])
  const paths = [
    ...[...segments, ...revisions.flatMap(({ snapshot }) => snapshot.segments)].flatMap(
      ({ ttsLocalPath, videoLocalPath }) => [ttsLocalPath, videoLocalPath],
    ),
    ...jobs.map(({ outputVideoPath }) => outputVideoPath),
  ]
  return new Set(paths.filter((path) => path !== null))
}

/** Those of the files that nothing in the database refers to. */
export async function unreferenced(em: EntityManager, files: Set<string>): Promise<string[]> {
  const unused: string[] = []
  for (const file of files) {
    const users =
      (await em.count(SegmentEntity, { $or: [{ ttsLocalPath: file }, { videoLocalPath: file }] })) +
      (await em.count(RevisionEntity, { snapshot: { $like: `%${file}%` } as never })) +
      (await em.count(JobEntity, { outputVideoPath: file }))
    if (users === 0) unused.push(file)
  }
  return unused
}
