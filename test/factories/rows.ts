import type { Draft } from '../../src/db/entities/draft.ts'
import type { Job } from '../../src/db/entities/job.ts'
import type { Segment } from '../../src/db/entities/segment.ts'

const AT = new Date('2026-01-02T03:04:05Z')

/** A draft as read from the database, for views. */
export function draftRow(fields: Partial<Draft> = {}): Draft {
  return {
    ...{ id: 1, draftId: 'draft_20260102_030405_abcd', accountId: null, topic: 'Tea', title: 'Tea' },
    ...{ description: '', tags: [], format: 'shorts', targetDuration: 30, contentPlanJson: {} },
    ...{ status: 'assets_ready', style: null, language: 'en', template: 'clean' },
    ...{
      musicEnabled: true,
      musicMood: 'calm',
      musicVolume: 25,
      brand: null,
      endCard: true,
      uploadAfter: null,
      voice: null,
      voiceSpeed: 1,
    },
    ...{ isOutline: false, otherTopics: [], notice: null, usage: [], surface: 'test', workspace: 'test:1' },
    ...{ channelId: 'channel', threadId: null, authorId: 'ann', authorName: 'Ann', revision: 1 },
    ...{ settingsVersion: 1, settingsEditedByName: null, expiryNoticeAt: null, version: 1 },
    ...{ createdAt: AT, updatedAt: AT },
    ...fields,
  } as Draft
}

/** A segment with its assets. */
export function segmentRow(fields: Partial<Segment> = {}): Segment {
  return {
    ...{ id: 10, draftId: 'draft_20260102_030405_abcd', segmentIndex: 0, text: 'Words.', keyword: 'word' },
    ...{ imageSearchQuery: 'query', duration: null, videoUrl: null, videoLocalPath: 'footage/a.img' },
    ...{ videoProvider: 'pexels', videoId: '7', videoKind: 'image', videoAuthor: 'Kim', videoPageUrl: null },
    ...{ videoTitle: 'A cup', candidates: [], ttsLocalPath: 'voices/a.wav', ttsDuration: 2, words: [] },
    ...{ ttsProvider: 'espeak', voiceTake: 0, voiceError: null, footageError: null, retries: 0 },
    ...{
      byHand: '',
      mergedFrom: '',
      editedById: null,
      editedByName: null,
      version: 1,
      createdAt: AT,
      updatedAt: AT,
    },
    ...fields,
  } as Segment
}

/** A render. */
export function jobRow(fields: Partial<Job> = {}): Job {
  return {
    ...{ id: 1, jobId: 'job_20260102_030405_abcdefgh', kind: 'finalize', key: 'k', draftId: null },
    ...{ workspace: 'test:1', state: 'done', progress: 1, requesterId: 'ann', requesterName: 'Ann' },
    ...{ payload: {}, priority: 0, attempts: 1, failures: 0, runAfter: AT, outputVideoPath: 'videos/a.mp4' },
    ...{ outputDuration: 12.34, youtubeUrl: null, error: null, createdAt: AT, startedAt: AT },
    ...{ finishedAt: AT, updatedAt: AT },
    ...fields,
  } as Job
}
