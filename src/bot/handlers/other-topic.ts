import { abandonDraft, requestDraft } from '../../core/draft/create.ts'
import type { CreateInput } from '../../core/draft/create-input.ts'
import { findDraft } from '../../core/draft/load.ts'
import { judgedDraft } from '../../core/draft/places.ts'
import { type Draft, DraftEntity } from '../../db/entities/draft.ts'
import { notice } from '../thread/sentences.ts'
import type { Action } from '../view/action-id.ts'
import { topicValue } from '../view/other-topics.ts'
import type { MessageView } from '../view/types.ts'
import type { Words } from '../words/index.ts'
import { authorizeCreate } from './authorize.ts'
import type { Bot, Request } from './request.ts'

/** Starts a draft on a topic suggested along with another draft, with the same settings, in a thread next to it. */
export async function startOtherTopic(
  bot: Bot,
  request: Request,
  action: Action,
  value: string,
): Promise<void> {
  const { core, threads } = bot
  const { reply, workspace, words, actor } = request
  await reply.acknowledge()
  const draft = await findDraft(core, workspace, action.draftId)
  const topic = draft.otherTopics.find((each) => topicValue(each) === value)
  if (topic === undefined) return reply.privately(notice(words.private.topicTaken, 'bad'))
  const { surface, channelId } = draft
  const beside = await judgedDraft(core, workspace, action.draftId)
  // A draft started inside someone else's thread, which may be private, stays there.
  const threadId = beside?.place.isOwnThread === false ? beside.place.threadId : null
  const place = { surface, workspace, channelId, threadId }
  await authorizeCreate(bot, request, undefined, { ...place, isOwnThread: false })
  const { draftId } = await requestDraft(core, likeThat(draft, topic), actor, place)
  try {
    await threads.sync(draftId)
  } catch (error) {
    // The person sees why. A draft that nobody can see must not continue.
    await abandonDraft(core, draftId)
    throw error
  }
  await withdraw(bot, action.draftId, topic)
  await reply.privately(started(await threads.link(draftId), words))
}

function likeThat(draft: Draft, topic: string): CreateInput {
  return {
    topic,
    format: draft.format,
    targetDuration: draft.targetDuration,
    style: draft.style ?? undefined,
    language: draft.language,
    template: draft.template,
    mood: draft.musicMood,
    musicEnabled: draft.musicEnabled,
    volume: draft.musicVolume,
    voice: draft.voice ?? undefined,
    voiceSpeed: draft.voiceSpeed,
    accountId: draft.accountId ?? undefined,
  }
}

/** Removes a topic from the list, which is not a step in the draft's history. */
async function withdraw({ core }: Bot, draftId: string, topic: string): Promise<void> {
  await core.db.transaction(async (em) => {
    const draft = await em.findOne(DraftEntity, { draftId })
    const left = draft?.otherTopics.filter((each) => each !== topic)
    if (left) await em.nativeUpdate(DraftEntity, { draftId }, { otherTopics: left })
  })
  core.events.changed(draftId)
}

function started(link: string | null, words: Words): MessageView {
  const sentence = words.private.starting(link)
  if (link === null) return notice(sentence, 'good')
  const text = [`${sentence} `, { link, label: words.draft.goTo }]
  return { summary: sentence, tone: 'good', blocks: [{ type: 'text', text }] }
}
