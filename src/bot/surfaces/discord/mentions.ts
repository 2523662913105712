import { type APIMessage, type Message, MessageFlags, MessageReferenceType, Routes } from 'discord.js'
import { withoutMentionsOf } from '../../../core/draft/notes/read-mention.ts'
import { handleMention } from '../../handlers/mention.ts'
import type { Reply } from '../../thread/chat.ts'
import { notice } from '../../thread/sentences.ts'
import { readFiles } from './attach.ts'
import { requestOf, writerOf } from './decode.ts'
import type { Surroundings } from './interactions.ts'
import { messagePayload } from './message.ts'
import { named } from './names.ts'
import type { Passing } from './passing.ts'
import { firstMissing } from './permissions.ts'

interface MentionSurroundings extends Surroundings {
  passing: Passing
}

const SIGNS = { note: '📝', suggestion: '💡' } as const

/** A message that mentions the bot; Discord doesn't even reveal the text of others to it. */
export async function answerMention(around: MentionSurroundings, message: Message): Promise<void> {
  const { bot, accessOf, channels } = around
  const how = howMentioned(message)
  if (how === null) return
  try {
    const request = { ...requestOf(writerOf(message), accessOf), reply: replyTo(message, around) }
    const { client, guild, mentions, reference } = message
    const { user } = client
    const ids = [user.id, roleOf(message)?.id ?? '']
    const text = withoutMentionsOf(message.content, ids)
    await handleMention(bot, request, {
      // If only the role is mentioned, Discord doesn't reveal the text.
      text:
        how === 'role' && text === ''
          ? null
          : await named(text, { client, guild, mentions }, channels, request),
      source: 'discord',
      answers: reference?.type === MessageReferenceType.Default ? (reference.messageId ?? null) : null,
      isDirect: how !== 'ping',
      botName: user.username,
      confirm: (sign) => react(message, around, SIGNS[sign]),
    })
  } catch (error) {
    bot.log.warn({ err: error, message: message.id }, 'a message that mentions the bot could not be read')
  }
}

/**
 * Whether it names the bot itself, the role that Discord created for it, which has the same name in the suggestions, or
 * only pings it by replying to one of its messages.
 */
function howMentioned(message: Message): 'name' | 'role' | 'ping' | null {
  const { author, webhookId, system, content, mentions, client } = message
  if (author.bot || webhookId !== null || system) return null
  if (withoutMentionsOf(content, [client.user.id]) !== content) return 'name'
  const role = roleOf(message)
  if (role && mentions.roles.has(role.id)) return 'role'
  return mentions.users.has(client.user.id) ? 'ping' : null
}

function roleOf({ guild, client }: Message) {
  return guild?.roles.botRoleFor(client.user) ?? null
}

/** A reply below the message that pings nobody, is silent, and disappears after a while. */
function replyTo(message: Message, { chat, store, passing }: MentionSurroundings): Reply {
  const { channelId, client, author } = message
  let shownId: string | null = null

  async function privately(view: Parameters<Reply['privately']>[0]): Promise<void> {
    const { body, files } = messagePayload(view)
    const sent = { files: await readFiles(store, files) }
    if (shownId !== null) {
      await client.rest.patch(Routes.channelMessage(channelId, shownId), { body, ...sent })
      return
    }
    const answer = {
      ...body,
      flags: body.flags | MessageFlags.SuppressNotifications,
      message_reference: { message_id: message.id, fail_if_not_exists: false },
      allowed_mentions: { ...body.allowed_mentions, replied_user: false },
    }
    const posted = await client.rest.post(Routes.channelMessages(channelId), { body: answer, ...sent })
    shownId = (posted as APIMessage).id
    passing.add(channelId, shownId, author.id)
  }

  return {
    privately,
    acknowledge: async () => {},
    refuseForm: (_errors, view) => privately(view),
    // Forms can only be opened by buttons.
    openForm: (form) => privately(notice(form.title)),
    openThread: (name, announcement, nonce) => chat.openThread(channelId, name, announcement, nonce),
  }
}

/** Without the permission, the segment itself shows that the message was accepted. */
async function react(message: Message, { channels }: Surroundings, sign: string): Promise<void> {
  const { channelId, id, client } = message
  if (firstMissing(await channels.permissions(channelId), ['AddReactions', 'ReadMessageHistory'])) return
  await client.rest.put(Routes.channelMessageOwnReaction(channelId, id, encodeURIComponent(sign)))
}
