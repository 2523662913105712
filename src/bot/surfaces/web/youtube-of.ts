import type { Core } from '../../../core/draft/core.ts'
import { uploadChannel, uploadShown } from '../../../core/draft/upload/upload-view.ts'
import type { UploadChannel, UploadShown, UploadView } from '../../../core/model/read-models.ts'
import type { LoadedDraft } from '../../thread/load-shown.ts'
import { uploadNotes } from '../../view/upload-message.ts'
import { failureText } from '../../words/failures.ts'
import type { Words } from '../../words/index.ts'
import type { DraftJson, UploadJson } from './draft-json.ts'
import { jobOf } from './job-of.ts'
import { LOCAL } from './local.ts'

type Draft = NonNullable<LoadedDraft['draft']>

/** The command that links a channel if there is no chat. */
const LINK_HERE = `npm run account -- link youtube --workspace ${LOCAL.workspace}`

/**
 * Where a draft's video can be uploaded to, and the state of its upload.
 * @param render the job that made the video.
 */
export async function youtubeOf(
  core: Core,
  draft: Draft,
  render: string,
  words: Words,
): Promise<NonNullable<DraftJson['video']>['youtube']> {
  const channel = core.platforms.length === 0 ? null : await uploadChannel(core, draft)
  const shown = await uploadShown(core, draft, render)
  return {
    channel: channel?.name ?? null,
    why_not: whyNot(core, draft, channel, words),
    upload: shown && uploadOf(shown, words),
  }
}

/** Why nothing can be uploaded, and who can change that and how. */
function whyNot(
  { platforms }: Core,
  { workspace }: Draft,
  channel: UploadChannel | null,
  words: Words,
): string | null {
  if (platforms.length === 0) return words.errors.accounts_not_configured(undefined)
  const isLocal = workspace === LOCAL.workspace
  if (!channel) return isLocal ? words.upload.linkFirstHere(LINK_HERE) : words.upload.linkFirst
  if (channel.problem === null) return null
  return isLocal ? words.upload.linkAgainHere(channel.name, LINK_HERE) : failureText(words, channel.problem)
}

function uploadOf({ channel, upload }: UploadShown, words: Words): UploadJson | null {
  if (!upload) return null
  const { number, onPlatform, publishAt } = upload
  return {
    ...{ upload_id: number, channel, job: jobOf(upload, words) },
    status_text: statusOf(channel, upload, words),
    ...{ url: onPlatform?.url ?? null, privacy: onPlatform?.privacy ?? null },
    publish_at: publishAt?.toISOString() ?? null,
    notes: uploadNotes(upload, words),
  }
}

function statusOf(channel: string, { state, error, onPlatform }: UploadView, words: Words): string {
  if (onPlatform) return words.upload.privacy[onPlatform.privacy]
  if (state === 'queued' || state === 'running') return words.upload.going(channel)
  return state === 'cancelled' ? words.upload.cancelled : words.upload.failed(failureText(words, error))
}
