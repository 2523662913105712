import { MessageFlags } from 'discord.js'
import type { Store } from '../../../core/model/store.ts'
import { type Chat, FileTooLargeError, type Reply, type Sent, type Spot } from '../../thread/chat.ts'
import { notice } from '../../thread/sentences.ts'
import type { Announcement, MessageView } from '../../view/types.ts'
import type { Words } from '../../words/index.ts'
import { type Answerable, answersTo } from './answer.ts'
import { carriedFiles } from './attach.ts'
import { type Channels, takesThreads } from './channels.ts'
import { startThread, staying } from './chat.ts'
import { codeOf, isTooLarge } from './errors.ts'
import { CODES, DISCORD_LIMITS } from './limits.ts'
import { messagePayload, type Payload } from './message.ts'
import { modalOf } from './modal.ts'
import { firstMissing, TO_LIVE, TO_OPEN_THREADS } from './permissions.ts'

export interface DiscordReply extends Reply {
  /** Announces to everyone that something is coming; `openThread` fills it in. */
  acknowledgeToAll(): Promise<void>
  /**
   * Called when the handler is done, so that nothing stays “thinking” and no old form can be resubmitted. `trouble` is
   * shown if nothing else was.
   */
  finish(trouble: MessageView | null): Promise<void>
}

export interface ReplyContext {
  chat: Chat
  channels: Channels
  store: Store
  words: Words
  spot: Spot
  /** Called when Discord has accepted the first response. */
  answered: () => void
}

/**
 * The first response determines what later ones can be:
 * https://discord.com/developers/docs/interactions/receiving-and-responding
 */
type State = 'open' | 'deferred' | 'announcing' | 'form' | 'shown'
const ORIGINAL = '@original'

/** The response to one interaction. */
export function createReply(interaction: Answerable, context: ReplyContext): DiscordReply {
  const { chat, channels, store, words, spot, answered } = context
  const answers = answersTo(interaction, store, answered)
  const source = 'message' in interaction ? interaction.message : null
  const isFromPrivate = source?.flags.has(MessageFlags.Ephemeral) ?? false
  let state: State = 'open'
  /** The private message to this person, once there is one. */
  let privateId: string | null = null
  /** False if another acknowledgement came first, whose response we must not touch. */
  let isOurs = true

  async function acknowledge(): Promise<void> {
    if (state !== 'open') return
    isOurs = source ? await answers.deferUpdate() : await answers.defer('one')
    state = 'deferred'
    // A command's “Thinking…”, or the private message with the button.
    if (!source || isFromPrivate) privateId = ORIGINAL
  }

  async function acknowledgeToAll(): Promise<void> {
    if (state !== 'open') return
    isOurs = await answers.defer('all')
    state = 'announcing'
  }

  /** Files that the private message already has are not sent again. */
  function carried({ blocks }: MessageView): Record<string, string> {
    if (!source || !isFromPrivate) return {}
    const shown = blocks.flatMap((block) => (block.type === 'files' ? block.files : []))
    const { attachments, components } = source
    return carriedFiles(shown, {
      attachments: attachments.map(({ id, name }) => ({ id, filename: name })),
      components: components.map((component) => component.toJSON()),
    })
  }

  async function privately(view: MessageView): Promise<void> {
    const payload = messagePayload(view)
    try {
      await show(view, payload)
    } catch (error) {
      if (!isTooLarge(error)) throw error
      const sizes = await Promise.all(payload.files.map(({ path }) => store.size(path)))
      const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
      await channels.expectLess(spot.threadId ?? spot.channelId, bytes)
      throw new FileTooLargeError({ cause: error })
    }
    state = 'shown'
  }

  async function show(view: MessageView, payload: Payload): Promise<void> {
    if (state === 'open') {
      if (isFromPrivate) await answers.update(messagePayload(view, carried(view)))
      else await answers.show(payload)
      privateId = ORIGINAL
    } else if (privateId === null) {
      // The announced public message won't come; while its placeholder is there, the next message would take its place.
      if (state === 'announcing') await answers.remove()
      privateId = await answers.followUp(payload)
    } else {
      try {
        await answers.edit(privateId, privateId === ORIGINAL ? messagePayload(view, carried(view)) : payload)
      } catch (error) {
        // The person has dismissed it.
        if (codeOf(error) !== CODES.unknownMessage) throw error
        privateId = await answers.followUp(payload)
      }
    }
  }

  async function openThread(
    name: string,
    announcement: Announcement,
    nonce: string,
  ): Promise<Spot & Partial<Sent>> {
    const here = { channelId: spot.threadId ?? spot.channelId, threadId: null }
    if (state === 'open') await acknowledgeToAll()
    if (state !== 'announcing') return chat.openThread(here.channelId, name, announcement, nonce)
    const { channel } = interaction
    // A channel of a server that isn't known yet: Discord itself will say whether it supports threads.
    const canOpen = channel === null ? interaction.inGuild() : takesThreads(channel)
    let missing = canOpen ? firstMissing(interaction.appPermissions, TO_OPEN_THREADS) : null
    const opens = canOpen && missing === null
    const view = opens ? announcement : staying(announcement)
    const { id: messageId } = await answers.edit(ORIGINAL, messagePayload(view))
    state = 'shown'
    if (opens) {
      const { channelId } = here
      const { threadId, isForbidden } = await startThread(interaction.client, channelId, messageId, name)
      if (threadId !== null) return { channelId, threadId, messageId, files: {} }
      await answers.edit(ORIGINAL, messagePayload(staying(announcement)))
      // It was allowed when the command was sent.
      const has = isForbidden ? await channels.permissions(channelId).catch(() => null) : null
      if (isForbidden) missing = firstMissing(has, TO_OPEN_THREADS) ?? 'CreatePublicThreads'
    }
    // The draft already exists and has its place; it must not be lost because this message fails.
    if (missing !== null) await privately(notice(words.permission(missing), 'bad')).catch(() => undefined)
    return { ...(spot.threadId === null ? here : spot), messageId, files: {} }
  }

  return {
    acknowledge,
    acknowledgeToAll,
    privately,
    openThread,
    formFields: DISCORD_LIMITS.modal.fields,
    showsClips: true,
    openForm: async (form) => {
      if (state !== 'open') return privately(notice(words.formTooLate, 'bad'))
      await answers.form(modalOf(form))
      state = 'form'
    },
    // Discord can't show errors next to form fields.
    refuseForm: (_errors, view) => privately(view),
    finish: async (trouble) => {
      if (!isOurs) return
      if (state === 'deferred' && trouble) return privately(trouble)
      if (state === 'announcing') await answers.remove()
      else if (state === 'deferred' && privateId !== null) await privately(notice(words.private.done, 'good'))
    },
  }
}

/** The missing permission that keeps a draft from being shown here; null if none is missing. */
export function missingToLive(interaction: Answerable): string | null {
  if (!interaction.inGuild()) return null
  const { channel } = interaction
  const isThread = channel?.isThread()
  const needed = isThread === undefined ? TO_LIVE.unknown : isThread ? TO_LIVE.thread : TO_LIVE.channel
  return firstMissing(interaction.appPermissions, needed)
}
