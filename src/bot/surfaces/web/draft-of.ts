import { creationOf } from '../../../core/draft/creation.ts'
import { segmentDuration, speakingPace } from '../../../core/draft/duration.ts'
import { bundleShown } from '../../../core/draft/editing/bundle-view.ts'
import { peaksName } from '../../../core/draft/peaks.ts'
import { type ReadyFiles, readyFiles } from '../../../core/draft/ready-files.ts'
import { canRewrite } from '../../../core/draft/rewrite.ts'
import { endingOf } from '../../../core/draft/storyboard.ts'
import { hashOf } from '../../../core/media/store/hash.ts'
import { UserError } from '../../../core/model/errors.ts'
import { filesBeside } from '../../../core/model/film-files.ts'
import { DECLARATIONS } from '../../../core/model/upload-target.ts'
import { allowedActs } from '../../handlers/authorize.ts'
import type { Act } from '../../handlers/needs.ts'
import type { Bot } from '../../handlers/request.ts'
import { type LoadedDraft, loadShown } from '../../thread/load-shown.ts'
import { stateOf } from '../../view/controls.ts'
import { footageTitle } from '../../view/footage-panel.ts'
import { uploadChoiceText } from '../../view/upload-form.ts'
import { failureText } from '../../words/failures.ts'
import type { Words } from '../../words/index.ts'
import type { DraftJson, SegmentJson } from './draft-json.ts'
import { jobOf } from './job-of.ts'
import { scopeFor, type Who } from './who.ts'
import { youtubeOf } from './youtube-of.ts'

type Existing = LoadedDraft & { draft: NonNullable<LoadedDraft['draft']> }
type Segment = LoadedDraft['segments'][number]

/**
 * A draft as shown to a reader, also while its script is being written.
 * @throws UserError `draft_not_found` if there is none that they may see.
 */
export async function draftOf(bot: Bot, who: Who, draftId: string): Promise<DraftJson> {
  const acts = await allowedActs(bot, who, draftId)
  const shown = await loadShown(bot.core, draftId, bot.ttlDays)
  const rights = rightsOf(who, acts)
  // It was deleted in the meantime.
  if (!shown) throw new UserError('draft_not_found', { draftId })
  const body = await (isThere(shown) ? existing(bot, shown, who.words) : coming(bot, shown, who.words))
  return { ...body, thread_url: await threadOf(bot, draftId), rights, can_rewrite: canRewrite(bot.core) }
}

/** The address of a draft's file; it changes when another file replaces it. */
export function fileUrl(draftId: string, file: string, name: string): string {
  return `/api/draft/${encodeURIComponent(draftId)}/${file}?v=${versionOf(name)}`
}

/** Identifies the content of a file in the store; files there are never overwritten. */
export function versionOf(name: string): string {
  return hashOf(name).slice(0, 16)
}

function isThere(shown: LoadedDraft): shown is Existing {
  return shown.draft !== null
}

function rightsOf({ scopes }: Who, acts: ReadonlySet<Act>): DraftJson['rights'] {
  const may = (act: Act) => acts.has(act) && scopes.has(scopeFor(act))
  return { write: may('write'), render: may('render'), delete: may('delete') }
}

async function threadOf({ threads }: Bot, draftId: string): Promise<string | null> {
  const link = await threads.link(draftId)
  return link !== null && /^https?:/.test(link) ? link : null
}

const [READY, MAKING, MISSING] = ['ready', 'making', 'missing'] as const

type Body = Omit<DraftJson, 'thread_url' | 'rights' | 'can_rewrite'>

async function existing({ core }: Bot, shown: Existing, words: Words): Promise<Body> {
  const { draft, segments, creating, render, ready } = shown
  const files = await readyFiles(core, draft, segments)
  const pace = speakingPace(core, draft.language, draft.voiceSpeed)
  const shownSegments = segments.map((segment) => segmentOf(shown, segment, files, pace, words))
  const { sentence } = stateOf(shown, draft, words)
  const total = shownSegments.reduce((sum, { length }) => sum + length, 0)
  return {
    draft_id: draft.draftId,
    ...{ topic: draft.topic, title: draft.title, description: draft.description, tags: draft.tags },
    ...{ format: draft.format, target_duration: draft.targetDuration, status: draft.status },
    segments: shownSegments,
    created_at: draft.createdAt.toISOString(),
    updated_at: draft.updatedAt.toISOString(),
    account_id: draft.accountId,
    ...{ language: draft.language, style: draft.style, template: draft.template },
    ...{ voice: draft.voice, voice_speed: draft.voiceSpeed },
    music: { enabled: draft.musicEnabled, mood: draft.musicMood, volume: draft.musicVolume / 100 },
    author: draft.authorName,
    version: draft.settingsVersion,
    revision: draft.revision,
    ...{ can_undo: shown.canUndo, can_redo: shown.canRedo },
    length: rounded(total + endingOf(draft)),
    status_text: sentence,
    creation: creating && jobOf(creating, words),
    render: render && jobOf(render, words),
    sound_url: files.sound && fileUrl(draft.draftId, 'sound', files.sound),
    ready: { is_ready: ready.isReady, why: ready.isReady ? null : sentence },
    approvals: approvalsOf(shown),
    video: await videoOf(core, shown, words),
    expiry_text: shown.expiresInDays === null ? null : words.draft.expiry(shown.expiresInDays),
    upload_after: draft.accountId === null ? null : uploadAfterOf(draft.uploadAfter, words),
  }
}

/** A draft's known fields before it exists. */
async function coming({ core }: Bot, { draftId, creating }: LoadedDraft, words: Words): Promise<Body> {
  const creation = await creationOf(core.db.fork(), draftId)
  const { request, actor } = creation?.asked ?? {}
  const at = creation?.job.createdAt.toISOString() ?? new Date(0).toISOString()
  const told = creating && jobOf(creating, words)
  const topic = request?.topic ?? ''
  const doing = request?.script ? words.draft.splitting : words.draft.writing(topic)
  return {
    ...{ draft_id: draftId, topic, title: '', description: '', tags: [] },
    ...{ format: request?.format ?? 'shorts', target_duration: request?.targetDuration ?? 0 },
    ...{ status: 'creating', segments: [], created_at: at },
    updated_at: creation?.job.updatedAt.toISOString() ?? at,
    account_id: request?.accountId ?? null,
    ...{ language: request?.language ?? 'en', style: request?.style ?? null },
    ...{ template: request?.template ?? '', voice: request?.voice ?? null },
    voice_speed: request?.voiceSpeed ?? 1,
    music: {
      enabled: request?.music.enabled ?? false,
      mood: request?.music.mood ?? 'calm',
      volume: (request?.music.volume ?? 0) / 100,
    },
    author: actor?.name ?? '',
    ...{ version: 0, revision: 0, can_undo: false, can_redo: false, length: 0 },
    status_text: told?.error ? words.draft.failed(told.error) : doing,
    ...{ creation: told, render: null, sound_url: null },
    ready: { is_ready: false, why: doing },
    approvals: { needed: 0, standing: 0, film: 0, by: [] },
    video: null,
    expiry_text: null,
    upload_after: null,
  }
}

function uploadAfterOf(value: string | null, words: Words): DraftJson['upload_after'] {
  const choices = [null, ...DECLARATIONS].map((each) => ({
    value: each,
    label: uploadChoiceText(each ?? '', words),
  }))
  return { label: words.form.upload, value, choices }
}

function segmentOf(
  { draft, isCollecting, notes, proposals }: Existing,
  segment: Segment,
  { clips, stills }: ReadyFiles,
  pace: number,
  words: Words,
): SegmentJson {
  const { id, draftId, ttsLocalPath, videoLocalPath, voiceError, footageError } = segment
  const isMaking = isCollecting || draft.status === 'converting'
  const url = (file: string, name: string | null | undefined) =>
    name ? fileUrl(draftId, `segments/${id}/${file}`, name) : null
  const asset = (path: string | null, error: string | null) => ({
    state: path !== null ? READY : error === null && isMaking ? MAKING : MISSING,
    error: error && failureText(words, error),
  })
  const proposal = proposals.find(({ segmentId }) => segmentId === id)
  return {
    segment_index: segment.segmentIndex,
    ...{ text: segment.text, keyword: segment.keyword, image_search_query: segment.imageSearchQuery },
    duration: segment.duration,
    video_url: segment.videoUrl,
    video_local_path: videoLocalPath,
    video_provider: segment.videoProvider,
    tts_local_path: ttsLocalPath,
    tts_duration: segment.ttsDuration,
    segment_id: id,
    version: segment.version,
    length: segmentDuration(segment) ?? rounded(segment.text.length / pace),
    voice: {
      ...asset(ttsLocalPath, voiceError),
      ...{
        url: url('voice', ttsLocalPath),
        peaks_url: url('peaks', ttsLocalPath && peaksName(ttsLocalPath)),
      },
    },
    footage: {
      ...asset(videoLocalPath, footageError),
      ...{ title: titleOf(segment, words), author: segment.videoAuthor, page_url: segment.videoPageUrl },
      kind: videoLocalPath === null ? null : segment.videoKind,
      url: url('footage', videoLocalPath),
      still_url: url('still', stills.get(id)),
    },
    clip_url: url('clip', clips.get(id)),
    edited_by: segment.editedByName,
    open_notes: notes.filter((note) => note.segmentId === id && note.resolvedByName === null).length,
    proposal: proposal ? { id: proposal.id, text: proposal.text, asked_by: proposal.authorName } : null,
  }
}

/** The title of the footage, in the same words as in the chats. */
function titleOf({ videoProvider, videoId, videoTitle }: Segment, words: Words): string | null {
  if (videoTitle === null || videoProvider === null) return videoTitle
  return footageTitle({ provider: videoProvider, id: videoId ?? '', title: videoTitle }, words)
}

function approvalsOf({ approvals: { needed, standing, film, by } }: Existing): DraftJson['approvals'] {
  const people = by.map(({ name, at, counts, changesSince }) => ({
    ...{ name, at: at.toISOString(), counts, changes_since: changesSince },
  }))
  return { needed, standing, film, by: people }
}

async function videoOf(
  core: Bot['core'],
  { draftId, draft, video }: Existing,
  words: Words,
): Promise<DraftJson['video']> {
  if (!video) return null
  const { store } = core
  const { poster, subtitles, webSubtitles } = filesBeside(video.path)
  const beside = async (file: string, name: string) =>
    (await store.has(name)) ? fileUrl(draftId, file, name) : null
  const bundle = await bundleShown(core, video.job.jobId)
  const isThere = bundle?.path && bundle.bytes !== null
  return {
    url: fileUrl(draftId, 'video', video.path),
    poster_url: await beside('poster', poster),
    srt_url: await beside('video.srt', subtitles),
    vtt_url: await beside('video.vtt', webSubtitles),
    bundle_url: isThere ? fileUrl(draftId, 'bundle', bundle.path ?? '') : null,
    bundle: bundle && jobOf(bundle, words),
    duration: video.job.outputDuration,
    youtube_url: video.job.youtubeUrl,
    youtube: await youtubeOf(core, draft, video.job.jobId, words),
  }
}

/** Rounds to milliseconds. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}
