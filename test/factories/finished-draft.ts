import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { Core } from '../../src/core/draft/core.ts'
import { emptySegment } from '../../src/core/draft/create.ts'
import { filesBeside } from '../../src/core/model/film-files.ts'
import { newDraftId, newJobId } from '../../src/core/model/ids.ts'
import type { StoredName } from '../../src/core/model/store.ts'
import { type Draft, DraftEntity } from '../../src/db/entities/draft.ts'
import { JobEntity } from '../../src/db/entities/job.ts'
import { SegmentEntity } from '../../src/db/entities/segment.ts'
import { PLACE } from './people.ts'
import { draftRow, jobRow } from './rows.ts'

/** The smallest image that a platform accepts: a grey square of eight pixels. */
export const POSTER = Buffer.from(
  [
    '/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAg+Pkk+SVVVVVVVVWRdZGhoaGRkZGRoaGhwcHCDg4NwcHBoaHBwfHyDg4+Tj4eH',
    'g4eTk5ubm7q6srLZ2eD/////xABKAAEAAAAAAAAAAAAAAAAAAAAAAQEAAAAAAAAAAAAAAAAAAAAAEAEAAAAAAAAAAAAAAAAA',
    'AAAAEQEAAAAAAAAAAAAAAAAAAAAA/8AAEQgACAAIAwEiAAIRAAMRAP/aAAwDAQACEQMRAD8AAA//2Q==',
  ].join(''),
  'base64',
)

/** A finished draft whose video was never rendered: its bytes are not read. */
export async function finishedDraft(core: Core, fields: Partial<Draft> = {}, bytes = 300_000) {
  const now = core.clock()
  const draftId = newDraftId(now)
  const em = core.db.fork()
  const { id, version, ...draft } = draftRow({
    ...{ ...PLACE, draftId, title: 'How bees dance', description: 'A short film.', tags: ['bees'] },
    ...{ createdAt: now, updatedAt: now, ...fields },
  })
  await em.insert(DraftEntity, draft)
  for (const [segmentIndex, videoAuthor] of ['Kim', 'Lee', 'Kim'].entries())
    await em.insert(SegmentEntity, {
      ...{ ...emptySegment(draftId, now), segmentIndex, text: 'Words.', keyword: `part ${segmentIndex}` },
      ...{
        duration: 12,
        ttsDuration: 12,
        ttsLocalPath: 'voices/a.wav',
        videoProvider: 'pexels',
        videoAuthor,
      },
    })
  return { draftId, ...(await finishDraft(core, draftId, draft.workspace, bytes)) }
}

/** Marks a draft as finished, as if it had been rendered. */
export async function finishDraft(core: Core, draftId: string, workspace: string, bytes = 300_000) {
  const jobId = newJobId(core.clock())
  const film: StoredName = `videos/${draftId}-${jobId}.mp4`
  const content = randomBytes(bytes)
  const beside = filesBeside(film)
  const cue = '1\n00:00:00,000 --> 00:00:01,000\nBees.\n'
  await core.store.put(film, (file) => writeFile(file, content))
  await core.store.put(beside.poster, (file) => writeFile(file, POSTER))
  await core.store.put(beside.subtitles, (file) => writeFile(file, cue))
  const em = core.db.fork()
  const { id: _, ...job } = jobRow({ jobId, draftId, workspace, outputVideoPath: film, key: jobId })
  await em.insert(JobEntity, job)
  await em.nativeUpdate(DraftEntity, { draftId }, { status: 'finalized' })
  core.events.changed(draftId)
  return { render: jobId, film, sha256: createHash('sha256').update(content).digest('hex') }
}
