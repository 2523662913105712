import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { isComplete } from '../../src/core/draft/completeness.ts'
import { draftFiles } from '../../src/core/draft/references.ts'
import { findFfmpeg } from '../../src/core/media/ffmpeg/ffmpeg.ts'
import { probeMedia } from '../../src/core/media/ffmpeg/probe.ts'
import { LocalStore } from '../../src/core/media/store/local-store.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { DraftEntity } from '../../src/db/entities/draft.ts'
import { type Job, JobEntity } from '../../src/db/entities/job.ts'
import { RevisionEntity } from '../../src/db/entities/revision.ts'
import { SegmentEntity } from '../../src/db/entities/segment.ts'
import { ThreadMessageEntity } from '../../src/db/entities/thread-message.ts'
import { EMBEDDED } from '../core/media/material.ts'
import type { Chaos } from './kill.ts'
import { FilePlatform, type PlatformMessage } from './platform.ts'

/**
 * Everything that is wrong in a folder, on its platform and with its processes after the bot has come to rest; one sentence each.
 */
export async function trouble(
  folder: string,
  platformFile: string,
  { repeated, errors }: Chaos,
): Promise<string[]> {
  const db = await openDatabase(path.join(folder, 'rushes.sqlite'))
  try {
    return [
      ...(await wrongRows(db)),
      ...(await wrongFiles(db, folder)),
      ...(await wrongMessages(db, new FilePlatform(platformFile))),
      ...strayProcesses(folder),
      ...errors.map((line) => `logged: ${line}`),
      ...repeated.map((what) => `done again although all was done: ${what}`),
    ]
  } finally {
    await db.close()
  }
}

async function wrongRows(db: Database): Promise<string[]> {
  const em = db.fork()
  const wrong: string[] = []
  const [check] = await em.getConnection().execute('pragma integrity_check')
  if (check?.integrity_check !== 'ok') wrong.push(`the database is damaged: ${JSON.stringify(check)}`)
  for (const { jobId, state } of await em.find(JobEntity, { state: { $in: ['queued', 'running'] } }))
    wrong.push(`${jobId} is still ${state}`)
  const failed = await em.find(JobEntity, { state: 'failed' })
  // Work interrupted five times is not tried again, and a render that needed it says what is missing.
  const givenUp = failed.filter(({ error }) => error?.startsWith('Rushes stopped'))
  const isExplained = ({ draftId, error }: Job) =>
    error?.startsWith('Footage or a voice is missing') && givenUp.some((job) => job.draftId === draftId)
  const drafts = await em.find(DraftEntity, {})
  const present = new Set(drafts.map(({ draftId }) => draftId))
  // A failed job of a draft deleted since no longer says why.
  for (const job of failed.filter(({ draftId, error }) => error !== null || present.has(draftId ?? '')))
    if (!givenUp.includes(job) && !isExplained(job))
      wrong.push(`${job.kind} ${job.jobId} failed: ${job.error}`)
  for (const { draftId, status, revision } of drafts) {
    const segments = await em.find(SegmentEntity, { draftId }, { orderBy: { segmentIndex: 'asc' } })
    const complete = segments.every(isComplete)
    if (status === 'converting') wrong.push(`${draftId} is still converting`)
    if (segments.length === 0) wrong.push(`${draftId} has no segments`)
    if (complete !== (status !== 'editing')) wrong.push(`${draftId} is ${status}, complete: ${complete}`)
    if (segments.some(({ segmentIndex }, index) => segmentIndex !== index)) wrong.push(`${draftId} has a gap`)
    if ((await em.count(RevisionEntity, { draftId, number: revision })) !== 1)
      wrong.push(`${draftId} is at a revision that there is not`)
    const video = { draftId, kind: 'finalize', state: 'done', outputVideoPath: { $ne: null } } as const
    if (status === 'finalized' && (await em.count(JobEntity, video)) === 0)
      wrong.push(`${draftId} is finalized without a video`)
  }
  return wrong
}

async function wrongFiles(db: Database, folder: string): Promise<string[]> {
  const em = db.fork()
  const wrong: string[] = []
  const referred = await draftFiles(em)
  for (const file of referred) if (!existsSync(path.join(folder, file))) wrong.push(`${file} is missing`)
  const jobs = await em.find(JobEntity, { outputVideoPath: { $ne: null } })
  const ffmpeg = await findFfmpeg({ ffmpegPath: EMBEDDED })
  for (const { jobId, outputVideoPath, outputDuration } of jobs) {
    const media = await probeMedia(ffmpeg, path.join(folder, outputVideoPath ?? '')).catch(() => null)
    if (!media || Math.abs((media.duration ?? 0) - (outputDuration ?? 0)) > 0.1)
      wrong.push(`the video of ${jobId} is damaged`)
  }
  const store = new LocalStore(folder)
  const kept = await Promise.all((['voices', 'footage', 'videos'] as const).map((kind) => store.list(kind)))
  // A voice's note is stored next to its recording and removed with it.
  for (const { path } of kept.flat())
    if (!referred.has(path) && !path.endsWith('.json')) wrong.push(`${path} belongs to nothing`)
  for (const file of await readdir(path.join(folder, 'tmp')).catch(() => []))
    wrong.push(`tmp/${file} is left`)
  return wrong
}

/** Checks that people see exactly the messages the bot knows about, once each. */
async function wrongMessages(db: Database, platform: FilePlatform): Promise<string[]> {
  const em = db.fork()
  const wrong: string[] = []
  const known = await em.find(ThreadMessageEntity, { messageId: { $ne: '' } })
  const seen = platform.messages()
  for (const { draftId, slot, messageId } of known)
    if (!seen.has(messageId)) wrong.push(`${slot} of ${draftId} is not there`)
  const ids = new Set(known.map(({ messageId }) => messageId))
  const drafts = new Set((await em.find(DraftEntity, {})).map(({ draftId }) => draftId))
  const announced = new Map(
    known.filter(({ slot }) => slot === 'announcement').map((row) => [row.threadId, row.draftId]),
  )
  // If a draft is reopened between a kill and the next start, its video isn't looked for: the row stays without an id.
  const unsettled = (await em.find(ThreadMessageEntity, { slot: { $like: 'video:%' }, messageId: '' })).map(
    ({ draftId }) => draftId,
  )
  for (const { id, place, summary, files } of seen.values()) {
    // Messages of a deleted draft that remain are in a thread or channel that no one maintains any more.
    const draftId = announced.get(place) ?? ''
    if (!drafts.has(draftId) || ids.has(id)) continue
    const at = files.some((file) => file.startsWith('videos/')) ? unsettled.indexOf(draftId) : -1
    if (at === -1) wrong.push(`${id} (${summary}) in ${place} was posted twice`)
    else unsettled.splice(at, 1)
  }
  wrong.push(...twice([...seen.values()]))
  for (const draftId of drafts) {
    const slots = known.filter((row) => row.draftId === draftId).map(({ slot }) => slot)
    const count = await em.count(SegmentEntity, { draftId })
    const wanted = ['announcement', 'top', ...Array.from({ length: count }, (_, at) => `segment:${at}`)]
    const missing = wanted.filter((slot) => !slots.includes(slot))
    if (missing.length > 0) wrong.push(`the thread of ${draftId} lacks ${missing.join(', ')}`)
  }
  return wrong
}

/** Things people see twice: announcements (each has its own author), lines in the channel, and videos. */
function twice(messages: PlatformMessage[]): string[] {
  const announcements = messages.filter(({ opensThread }) => opensThread)
  const lines = messages.filter(({ place, opensThread }) => place === 'channel' && !opensThread)
  return [
    ...repeatedIn(announcements.map(({ summary }) => /Person [-\da-f]+/.exec(summary)?.[0] ?? summary)),
    ...repeatedIn(lines.map(({ content }) => content)),
    ...repeatedIn(messages.flatMap(({ files }) => files.filter((file) => file.startsWith('videos/')))),
  ].map((what) => `posted twice: ${what}`)
}

function repeatedIn(all: string[]): string[] {
  return [...new Set(all.filter((each, index) => all.indexOf(each) !== index))]
}

/** ffmpeg processes still working on a folder's files. */
export function strayProcesses(folder: string): string[] {
  const processes = execFileSync('ps', ['-e', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  return processes
    .filter((line) => /ffmpeg/.test(line) && line.includes(folder))
    .map((line) => `left running: ${line.slice(0, 200)}`)
}
