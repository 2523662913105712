import { MessageFlags } from 'discord.js'
import type { AssetStore } from '../../core/assets/store.ts'
import { type Chat, PermissionError, type Reply, type Sent, type Spot } from '../chat.ts'
import { notice } from '../errors.ts'
import type { MessageView } from '../view/types.ts'
import type { Words } from '../words/index.ts'
import { type Answerable, answersTo } from './answer.ts'
import { startThread, withSentence } from './chat.ts'
import { codeOf } from './failures.ts'
import { CODES } from './limits.ts'
import { messagePayload } from './message.ts'
import { modalOf } from './modal.ts'
import { firstMissing, TO_OPEN_THREADS } from './permissions.ts'
import { takesThreads } from './places.ts'

export interface DiscordReply extends Reply {
  /** Says to all that something is coming; `openThread` fills it in. */
  acknowledgeToAll(): Promise<void>
  /** To be called when the handler is done: leaves nothing “thinking”, and no old form to be sent again. */
  finish(): Promise<void>
}

export interface ReplyContext {
  chat: Chat
  store: AssetStore
  words: Words
  spot: Spot
  /** Called when Discord has taken the first answer. */
  answered: () => void
}

/** The first answer decides what later ones can be: https://discord.com/developers/docs/interactions/receiving-and-responding */
type State = 'open' | 'deferred' | 'announcing' | 'form' | 'shown'
const ORIGINAL = '@original'

/** How one interaction is answered. */
export function replyTo(interaction: Answerable, context: ReplyContext): DiscordReply {
  const { chat, store, words, spot, answered } = context
  const answers = answersTo(interaction, store, answered)
  const source = 'message' in interaction ? interaction.message : null
  const isFromPrivate = source?.flags.has(MessageFlags.Ephemeral) ?? false
  let state: State = 'open'
  /** The message that only this person sees, once there is one. */
  let privateId: string | null = null
  /** False when another acknowledgement was there first, whose answer is not ours to touch. */
  let isOurs = true

  async function acknowledge(): Promise<void> {
    if (state !== 'open') return
    isOurs = source ? await answers.deferUpdate() : await answers.defer('one')
    state = 'deferred'
    // A command's “thinking”, or the private message that the button is on.
    if (!source || isFromPrivate) privateId = ORIGINAL
  }

  async function acknowledgeToAll(): Promise<void> {
    if (state !== 'open') return
    isOurs = await answers.defer('all')
    state = 'announcing'
  }

  async function privately(view: MessageView): Promise<void> {
    const payload = messagePayload(view)
    if (state === 'open') {
      if (isFromPrivate) await answers.update(payload)
      else await answers.show(payload)
      privateId = ORIGINAL
    } else if (privateId === null) {
      // What was coming for all to see will not come; while it is there, the next message would take its place.
      if (state === 'announcing') await answers.remove()
      privateId = await answers.followUp(payload)
    } else {
      try {
        await answers.edit(privateId, payload)
      } catch (error) {
        // They have dismissed it meanwhile.
        if (codeOf(error) !== CODES.unknownMessage) throw error
        privateId = await answers.followUp(payload)
      }
    }
    state = 'shown'
  }

  async function openThread(
    name: string,
    announcement: MessageView,
    nonce: string,
  ): Promise<Spot & Partial<Sent>> {
    const here = { channelId: spot.threadId ?? spot.channelId, threadId: null }
    if (state === 'open') await acknowledgeToAll()
    if (state !== 'announcing') return chat.openThread(here.channelId, name, announcement, nonce)
    const { channel } = interaction
    const canOpen = channel !== null && takesThreads(channel)
    const missing = canOpen ? firstMissing(interaction.appPermissions, TO_OPEN_THREADS) : null
    const opens = canOpen && missing === null
    const lives = withSentence(announcement, words.draft.noThread)
    const isInThread = spot.threadId !== null
    const view = opens || isInThread ? announcement : lives
    const { id: messageId } = await answers.edit(ORIGINAL, messagePayload(view))
    state = 'shown'
    if (isInThread) return { ...spot, messageId, files: {} }
    if (opens) {
      try {
        const threadId = await startThread(interaction.client, here.channelId, messageId, name)
        return { channelId: here.channelId, threadId, messageId, files: {} }
      } catch (error) {
        if (!NO_THREADS.includes(codeOf(error) ?? 0)) throw error
        await answers.edit(ORIGINAL, messagePayload(lives))
      }
    }
    if (missing !== null) await privately(notice(words.permission(missing), 'bad'))
    return { ...here, messageId, files: {} }
  }

  return {
    acknowledge,
    acknowledgeToAll,
    privately,
    openThread,
    openForm: async (form) => {
      if (state !== 'open') return privately(notice(words.formTooLate, 'bad'))
      await answers.form(modalOf(form))
      state = 'form'
    },
    // Discord cannot show errors at the fields of a form.
    refuseForm: (_errors, view) => privately(view),
    finish: async () => {
      if (!isOurs) return
      if (state === 'announcing') await answers.remove()
      else if (state === 'deferred' && privateId !== null) await privately(notice(words.private.done, 'good'))
    },
  }
}

/** Refusals by which a channel takes no thread. */
const NO_THREADS: number[] = [
  CODES.missingPermissions,
  CODES.missingAccess,
  CODES.wrongChannelType,
  CODES.tooManyThreads,
]

/** @throws PermissionError when a draft could not be shown where this was asked for. */
export function requirePermissions(
  interaction: Answerable,
  needed: Parameters<typeof firstMissing>[1],
): void {
  if (!interaction.inGuild()) return
  const missing = firstMissing(interaction.appPermissions, needed)
  if (missing !== null) throw new PermissionError(missing)
}
