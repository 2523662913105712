import { DraftEntity } from '../../db/entities/draft.ts'
import { JobEntity } from '../../db/entities/job.ts'
import { PresetEntity } from '../../db/entities/preset.ts'
import { RevisionEntity } from '../../db/entities/revision.ts'
import { SegmentEntity } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import { filmAndBeside, filmOf } from '../model/film-files.ts'
import { foldersThatAre } from '../model/folders.ts'

/**
 * Every file in the store that a draft, its stored revisions or its renders refer to; for all drafts, including those of
 * brands.
 */
export async function draftFiles(em: EntityManager, draftId?: string): Promise<Set<string>> {
  const where = draftId === undefined ? {} : { draftId }
  const [drafts, presets, segments, revisions, jobs] = await Promise.all([
    em.find(DraftEntity, where, { fields: ['brand'] }),
    draftId === undefined ? em.find(PresetEntity, {}, { fields: ['logoPath'] }) : [],
    em.find(SegmentEntity, where, { fields: ['ttsLocalPath', 'videoLocalPath'] }),
    em.find(RevisionEntity, where, { fields: ['snapshot'] }),
    em.find(JobEntity, { ...where, outputVideoPath: { $ne: null } }, { fields: ['outputVideoPath'] }),
  ])
  const paths = [
    ...drafts.map(({ brand }) => brand?.logo ?? null),
    ...presets.map(({ logoPath }) => logoPath),
    ...[...segments, ...revisions.flatMap(({ snapshot }) => snapshot.segments)].flatMap(
      ({ ttsLocalPath, videoLocalPath }) => [ttsLocalPath, videoLocalPath],
    ),
    ...jobs.flatMap(({ outputVideoPath }) =>
      outputVideoPath === null ? [] : filmAndBeside(outputVideoPath),
    ),
  ]
  return new Set(paths.filter((path) => path !== null))
}

/** Same, plus all files ever made for the draft or used by it, including derived files and those left behind by edits. */
export async function allFilesOf(em: EntityManager, draftId: string): Promise<Set<string>> {
  const used: { path: string }[] = await em.execute(
    'select path from draft_files where draft_id = ?',
    [draftId],
    'all',
  )
  return new Set([...(await draftFiles(em, draftId)), ...used.map(({ path }) => path)])
}

/**
 * The given files that nothing in the database refers to. Past use by a draft counts for files that it may need again and
 * would have to remake; voices and footage count as long as they are in a stored revision. A film's accompanying files are
 * used as long as the film is. Reads each table once, however many files there are.
 */
export async function unreferenced(em: EntityManager, files: ReadonlySet<string>): Promise<string[]> {
  if (files.size === 0) return []
  const made = foldersThatAre('made', 'dated')
  const rows: { path: string }[] = await em.execute(
    // Whole paths are compared: a LIKE on the JSON would need the pattern in JSON's quotation marks.
    `with asked as (select value as path from json_each(?))
       select path from asked where path in (
         select tts_local_path from draft_segments where tts_local_path is not null
         union select video_local_path from draft_segments where video_local_path is not null
         union select logo_path from presets where logo_path is not null
         union select json_extract(brand, '$.logo') from drafts where json_extract(brand, '$.logo') is not null
         union select output_video_path from job_history where output_video_path is not null
         union select json_extract(kept.value, '$.ttsLocalPath')
           from draft_versions, json_each(draft_versions.snapshot, '$.segments') kept
           where json_extract(kept.value, '$.ttsLocalPath') is not null
         union select json_extract(kept.value, '$.videoLocalPath')
           from draft_versions, json_each(draft_versions.snapshot, '$.segments') kept
           where json_extract(kept.value, '$.videoLocalPath') is not null
       ) or (
         substr(path, 1, instr(path, '/') - 1) in (select value from json_each(?))
         and exists (select 1 from draft_files where draft_files.path = asked.path)
       )`,
    [JSON.stringify([...new Set([...files].map(filmOf))]), JSON.stringify(made)],
    'all',
  )
  const used = new Set(rows.map(({ path }) => path))
  return [...files].filter((file) => !used.has(filmOf(file)))
}
