import type { Core } from '../../core/draft/core.ts'
import { emptySegment, requestDraft } from '../../core/draft/create.ts'
import { editSegment } from '../../core/draft/edit-segment.ts'
import { draftHistory, undo } from '../../core/draft/history.ts'
import { listDrafts } from '../../core/draft/list.ts'
import { getDraft } from '../../core/draft/load.ts'
import { insertRevision } from '../../core/draft/revisions.ts'
import { planCaptions } from '../../core/media/captions/captions.ts'
import { templateOf } from '../../core/media/captions/templates.ts'
import { newDraftId } from '../../core/model/ids.ts'
import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { SegmentEntity } from '../../db/entities/segment.ts'
import type { EntityManager } from '../../db/types.ts'
import { insertJob } from '../../jobs/job-rows.ts'
import { isFirstDelivery } from '../handlers/errors.ts'
import { loadShown } from '../thread/load-shown.ts'
import { threadSlots } from '../thread/slots.ts'
import { createForm, lookForm, segmentForm, settingsForm } from '../view/forms.ts'
import { wordsFor } from '../words/index.ts'
import { LocalEvents } from './local/events.ts'

const ACTOR = { id: 'rehearsal', name: 'Rehearsal' }
const PLACE = { surface: 'rehearsal', workspace: 'rehearsal', channelId: 'rehearsal', threadId: null }

/**
 * Performs typical requests once before anyone makes them: whatever is loaded, compiled and prepared on first use is then
 * ready, and the first person doesn't wait for it. Runs in one transaction that is rolled back. Calls no provider.
 * @param stop once aborted, nobody waits for the rehearsal any longer, and the database may be closed while it runs.
 */
export async function rehearse(core: Core, stop?: AbortSignal): Promise<void> {
  const isOver = new Error('The rehearsal is over.')
  await core.db
    .transaction(async (em) => {
      await play(within(core, em))
      throw isOver
    })
    .catch((error: unknown) => {
      // The program works without it, and reports the problem when a person makes the same request.
      if (error !== isOver && !stop?.aborted) core.log.warn({ err: error }, 'the rehearsal failed')
    })
}

/** The same core, but within one transaction, without listeners and without workers. */
function within(core: Core, em: EntityManager): Core {
  const fork = () => em.fork({ keepTransactionContext: true })
  const idle = { cancel: async () => false, retry: async () => false, cancelDraft: async () => undefined }
  return {
    ...core,
    db: { ...core.db, fork, transaction: (work) => work(fork()) },
    events: new LocalEvents(),
    jobs: { ...idle, enqueue: (job, given = fork()) => insertJob(given, job, core.clock()) },
    // It is nobody's draft and doesn't count against any limit.
    quotas: { person: NO_QUOTA, workspace: NO_QUOTA },
    rendersAhead: false,
  }
}

const NOTHING_SHOWN = {
  ...{
    needsPlayButton: true,
    canRewrite: true,
    film: null,
    filmIsOnTop: false,
    isReadySaid: false,
    top: null,
  },
}
const NO_QUOTA = { openDrafts: null, rendersPerHour: null, videoSecondsPerDay: null, paidCallsPerHour: null }

async function play(core: Core): Promise<void> {
  const { workspace } = PLACE
  const text = 'Bees dance in the dark. 벌은 어둠 속에서 춤춘다.'
  const draftId = newDraftId(core.clock())
  await isFirstDelivery({ core }, { surface: PLACE.surface, eventId: draftId })
  await requestDraft(core, { script: text }, ACTOR, PLACE, draftId, draftId)
  await insertDraft(core, draftId, text)
  const { segments } = await getDraft(core, workspace, draftId)
  const [segment] = segments
  if (!segment) throw new Error('the draft of the rehearsal has no segment')
  const scope = { workspace, draftId, actor: ACTOR }
  await editSegment(core, scope, { segmentId: segment.id, change: { keyword: 'bees' } })
  await undo(core, scope)
  await listDrafts(core, { workspace, search: 'bees' })
  await draftHistory(core, workspace, draftId)
  const shown = await loadShown(core, draftId, 1)
  if (!shown?.draft) throw new Error('the draft of the rehearsal is not shown')
  for (const language of ['en', 'ko']) {
    const words = wordsFor(language)
    threadSlots(shown, { ...NOTHING_SHOWN, previews: new Map() }, words)
    segmentForm(segment, words)
    settingsForm(shown.draft, { needed: 0, role: null, roles: null }, words)
    lookForm(shown.draft, words)
    createForm(words)
  }
  const { format, template } = shown.draft
  const style = { format, template: templateOf(template), language: 'ko' }
  planCaptions({ ...style, text, words: [], frames: 90, speechEnd: 3 })
}

async function insertDraft(core: Core, draftId: string, text: string): Promise<void> {
  const now = core.clock()
  await core.db.transaction(async (em) => {
    const draft: Draft = em.create(DraftEntity, {
      ...{ draftId, accountId: null, topic: 'Bees', title: 'Bees', description: '', tags: ['bees'] },
      ...{ format: 'shorts', targetDuration: 60, contentPlanJson: {}, status: 'editing', style: null },
      ...{ language: 'en', template: 'clean', musicEnabled: true, musicMood: 'calm', musicVolume: 25 },
      ...{ brand: null, endCard: true, uploadAfter: null },
      ...{ voice: null, voiceSpeed: 1, isOutline: false, otherTopics: [], notice: null, usage: [], ...PLACE },
      ...{ authorId: ACTOR.id, authorName: ACTOR.name, revision: 1, settingsVersion: 1 },
      ...{ settingsEditedByName: null, expiryNoticeAt: null, createdAt: now, updatedAt: now },
    })
    await em.flush()
    for (const segmentIndex of [0, 1])
      em.create(SegmentEntity, { ...emptySegment(draftId, now), segmentIndex, text })
    await em.flush()
    await insertRevision(em, draft, ACTOR, { code: 'created' }, now)
  })
}
