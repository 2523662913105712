import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { whatCanBeAhead } from '../src/core/draft/clip-jobs.ts'
import type { Core } from '../src/core/draft/core.ts'
import { emptySegment } from '../src/core/draft/create.ts'
import { loadDraft } from '../src/core/draft/load.ts'
import { insertRevision } from '../src/core/draft/revisions.ts'
import { clipStyleOf, edgesOf, renderSegmentOf } from '../src/core/draft/storyboard.ts'
import { clipPath } from '../src/core/media/clip/clip.ts'
import { wavFile } from '../src/core/media/voice/wav-header.ts'
import { SAMPLE_RATE } from '../src/core/model/formats.ts'
import type { Place } from '../src/core/model/people.ts'
import { DraftEntity } from '../src/db/entities/draft.ts'
import { JobEntity } from '../src/db/entities/job.ts'
import { SegmentEntity, type StoredCandidate } from '../src/db/entities/segment.ts'
import { onDisk } from '../test/factories/on-disk.ts'

const SECONDS = 6
const VOICE = 'voices/aa/bench.wav'
const FOOTAGE = 'footage/aa/bench.mp4'
/** Candidates of a segment: those of three providers. */
const CANDIDATES = 18

const ANN = { id: 'ann', name: 'Ann' }

export interface DraftShape {
  draftId: string
  segments: number
  /** Steps of history; each of them changed the words of one segment. */
  revisions: number
  /** Candidates found for each segment; by default those of three providers. */
  candidates?: number
  place: Place
}

/** Voices and footage that all drafts of a bench share. */
export async function makeSharedFiles(core: Core): Promise<void> {
  await put(core, VOICE, wavFile(new Int16Array(SECONDS * SAMPLE_RATE), SAMPLE_RATE))
  await put(core, FOOTAGE, await readFile(path.resolve(import.meta.dirname, '../test/fakes/plain.mp4')))
}

/**
 * Writes a draft in review whose assets, clips and sound all exist, with a history of changed words: what a person sees who has
 * worked on a long video for a while. Clips are files of a few bytes, as no one plays them.
 */
export async function insertLongDraft(core: Core, shape: DraftShape): Promise<void> {
  const { draftId, place } = shape
  const now = core.clock()
  await core.db.transaction(async (em) => {
    await em.insert(DraftEntity, { ...draftFields(), draftId, ...place, createdAt: now, updatedAt: now })
    const rows = Array.from({ length: shape.segments }, (_, segmentIndex) => ({
      ...emptySegment(draftId, now),
      segmentIndex,
      ...contentOf(segmentIndex, 0, shape.candidates),
    }))
    await em.insertMany(SegmentEntity, rows)
  })
  for (let number = 1; number <= shape.revisions; number += 1) {
    const at = (number - 1) % shape.segments
    const em = core.db.fork()
    if (number > 1)
      await em.nativeUpdate(
        SegmentEntity,
        { draftId, segmentIndex: at },
        contentOf(at, number, shape.candidates),
      )
    const { draft, segments } = await loadDraft(core.db.fork(), place.workspace, draftId)
    draft.revision = number
    await insertRevision(em, draft, ANN, { code: 'text_edited', segment: at + 1 }, now)
    const changed = number === 1 ? segments : segments.filter(({ segmentIndex }) => segmentIndex === at)
    for (const segment of changed) {
      const tools = { ffmpeg: core.ffmpeg, store: core.store }
      const clip = await clipPath(
        tools,
        renderSegmentOf(draft, segment, edgesOf(segments)),
        clipStyleOf(draft),
      )
      await put(core, clip, Buffer.from('clip'))
      for (const { job, segmentId } of await whatCanBeAhead(core, draft, segments, [segment.id]))
        if (segmentId !== null) await put(core, job.key.split(':').slice(2).join(':'), Buffer.from('preview'))
    }
  }
  await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { revision: shape.revisions })
  await insertSound(core, shape)
}

async function insertSound(core: Core, { draftId, place }: DraftShape): Promise<void> {
  const { draft, segments } = await loadDraft(core.db.fork(), place.workspace, draftId)
  const sound = (await whatCanBeAhead(core, draft, segments)).find(({ segmentId }) => segmentId === null)
  if (!sound) throw new Error('a complete draft has its sound made ahead')
  const payload = { sound: 'sounds/aa/bench.wav' }
  await put(core, payload.sound, Buffer.from('sound'))
  const { key, workspace } = sound.job
  const now = core.clock()
  await core.db.fork().insert(JobEntity, {
    ...{ jobId: `job_sound_${draftId}`.slice(0, 50), kind: 'sound', key, draftId, workspace, state: 'done' },
    ...{
      progress: 1,
      requesterId: null,
      requesterName: null,
      payload,
      priority: 0,
      attempts: 1,
      failures: 0,
    },
    ...{ outputVideoPath: null, outputDuration: null, youtubeUrl: null, error: null },
    ...{ runAfter: now, createdAt: now, startedAt: now, finishedAt: now, updatedAt: now },
  })
}

function draftFields() {
  return {
    ...{ accountId: null, topic: 'Bees', title: 'How bees talk', description: 'A short film about bees.' },
    ...{ tags: ['bees', 'dance'], format: 'square' as const, targetDuration: 60, contentPlanJson: {} },
    ...{ status: 'assets_ready' as const, style: null, language: 'en', template: 'clean' },
    ...{
      musicEnabled: true,
      musicMood: 'calm' as const,
      musicVolume: 25,
      brand: null,
      endCard: true,
      voice: null,
      voiceSpeed: 1,
    },
    ...{ isOutline: false, otherTopics: [], notice: null, usage: [], authorId: ANN.id, authorName: ANN.name },
    ...{ revision: 1, settingsVersion: 1, settingsEditedByName: null, expiryNoticeAt: null, version: 1 },
  }
}

/** The content of one segment of a bench's draft; another `take` has other words. */
function contentOf(index: number, take: number, candidates = CANDIDATES) {
  const text = `Number ${index + 1}, take ${take}, is about bees, which dance for one another in the dark of the hive to tell where flowers are, how far away they stand, and how much there is to find.`
  return {
    ...{ text, keyword: 'bees', imageSearchQuery: 'bees dancing in a hive', duration: null },
    ...{ ttsLocalPath: VOICE, ttsDuration: SECONDS, ttsProvider: 'bench', words: wordsOf(text) },
    ...{ videoUrl: 'https://videos.example/bees.mp4', videoLocalPath: FOOTAGE, videoProvider: 'bench' },
    ...{ videoId: `${index * 100}`, videoKind: 'video' as const, videoAuthor: 'Kim', videoTitle: 'Bees' },
    ...{ videoPageUrl: 'https://videos.example/bees', candidates: candidatesOf(index, candidates) },
  }
}

function wordsOf(text: string) {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    from: (match.index / text.length) * SECONDS,
    to: ((match.index + match[0].length) / text.length) * SECONDS,
  }))
}

function candidatesOf(index: number, count: number): StoredCandidate[] {
  return Array.from({ length: count }, (_, place) => ({
    ...{ provider: 'bench', id: `${index * 100 + place}`, kind: 'video' as const },
    previewUrl: `https://images.example/videos/${index}${place}/pictures/preview-0.jpeg?auto=compress&fit=crop`,
    downloadUrl: `https://player.example/external/${index}${place}.hd.mp4?s=0123456789abcdef&profile_id=175`,
    ...{ width: 1920, height: 1080, duration: 14, author: 'Kim Example' },
    ...{ pageUrl: `https://www.example.com/video/bees-on-a-comb-${index}${place}/`, title: 'Bees on a comb' },
  }))
}

async function put(core: Core, relative: string, content: Buffer): Promise<void> {
  const file = onDisk(core.store, relative)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, content)
}
