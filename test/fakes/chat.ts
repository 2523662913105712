import type { Access, Rights } from '../../src/bot/handlers/access.ts'
import type { Request } from '../../src/bot/handlers/request.ts'
import { type Chat, GoneError, type Sent, type Spot } from '../../src/bot/thread/chat.ts'
import { filesShown } from '../../src/bot/view/files-shown.ts'
import type { Block, Button, FormView, Inline, MessageView } from '../../src/bot/view/types.ts'
import { wordsFor } from '../../src/bot/words/index.ts'
import type { Actor } from '../../src/core/model/people.ts'
import { ANN, PLACE } from '../factories/people.ts'

/** A message shown by the in-memory platform. */
interface Posted {
  messageId: string
  channelId: string
  threadId: string | null
  view: MessageView
}

export interface FakeChat extends Chat {
  /** The messages shown, in the order they were posted. */
  posted: Posted[]
  /** The calls that changed something, such as `send` or `edit 7`. */
  calls: string[]
  /** Awaited before each call; throw from it to make the call fail. */
  onCall: (call: string) => Promise<void>
  /** Deletes a message as a person would by hand. */
  deleteMessage(messageId: string): void
  deleteThread(threadId: string): void
  /** The messages of a thread, or with null, of the channel itself. */
  inThread(threadId: string | null): Posted[]
}

/** Ids are unique across all platforms, like those of the real ones. */
let last = 0

/** An in-memory platform that keeps the contract of Chat, including nonces, deleted messages and deleted threads. */
export function fakeChat(
  options: Partial<Pick<Chat, 'playsInline' | 'threadOpensWithTop' | 'showsFilesPrivately'>> = {},
): FakeChat {
  const posted: Posted[] = []
  const calls: string[] = []
  const goneThreads = new Set<string>()
  const nonces = new Map<string, Sent>()

  async function called(call: string, spot?: Spot): Promise<void> {
    await chat.onCall(call)
    if (spot?.threadId != null && goneThreads.has(spot.threadId)) throw new GoneError('thread')
    calls.push(call)
  }
  function post(spot: Spot, view: MessageView, nonce: string): Sent {
    const before = nonces.get(nonce)
    if (before) return before
    last += 1
    const sent = { messageId: String(last), files: filesOf(view) }
    posted.push({ messageId: sent.messageId, channelId: spot.channelId, threadId: spot.threadId, view })
    nonces.set(nonce, sent)
    return sent
  }
  function find(messageId: string): Posted {
    const found = posted.find((message) => message.messageId === messageId)
    if (!found) throw new GoneError('message')
    return found
  }

  /** The thread started from a message has its id, as on the real platforms. */
  const opens = (messageId: string) => messageId

  const chat: FakeChat = {
    surface: PLACE.surface,
    playsInline: true,
    showsFilesPrivately: true,
    threadOpensWithTop: false,
    editInterval: 0,
    ...options,
    posted,
    calls,
    onCall: async () => {},
    async send(spot, view, nonce) {
      await called('send', spot)
      return post(spot, view, nonce)
    },
    async edit(spot, messageId, view) {
      await called(`edit ${messageId}`, spot)
      find(messageId).view = view
      return { messageId, files: filesOf(view) }
    },
    async remove(spot, messageId) {
      await called(`remove ${messageId}`, spot)
      posted.splice(posted.indexOf(find(messageId)), 1)
    },
    async present(spot, messageIds) {
      await called('present', spot)
      const here = posted
        .filter(({ threadId, messageId }) => threadId === spot.threadId || opens(messageId) === spot.threadId)
        .map(({ messageId }) => messageId)
      calls.pop()
      return new Set(messageIds.filter((id) => here.includes(id)))
    },
    async openThread(channelId, _name, announcement, nonce) {
      await called('openThread')
      const sent = post({ channelId, threadId: null }, announcement, nonce)
      return { channelId, threadId: opens(sent.messageId), ...sent }
    },
    uploadLimit: async () => 10_000_000,
    link: async ({ threadId }, messageId) => `https://chat.test/${threadId}/${messageId}`,
    deleteMessage: (messageId) => {
      posted.splice(posted.indexOf(find(messageId)), 1)
    },
    deleteThread(threadId) {
      goneThreads.add(threadId)
      for (const { messageId } of chat.inThread(threadId)) chat.deleteMessage(messageId)
    },
    inThread: (threadId) => posted.filter((message) => message.threadId === threadId),
  }
  return chat
}

function filesOf(view: MessageView): Record<string, string> {
  return Object.fromEntries(filesShown(view).map(({ path }) => [path, `file of ${path}`]))
}

/** The answers that one person got. */
export interface Answers {
  forms: FormView[]
  privately: MessageView[]
  refused: { errors: Record<string, string>; view: MessageView }[]
  acknowledged: number
}

/** By default everyone can see and write everywhere. */
export function fakeAccess(rights: Partial<Rights> = {}): Access {
  return {
    at: async () => ({
      see: true,
      write: true,
      manage: false,
      manageWorkspace: false,
      authorKeeps: false,
      ...rights,
    }),
  }
}

let events = 0

/** An action of one person on the in-memory platform, and the answers they get. */
export function fakeRequest(
  chat: FakeChat,
  { formFields, ...fields }: Partial<Omit<Request, 'reply'>> & { actor?: Actor; formFields?: number } = {},
): { request: Request; answers: Answers } {
  const answers: Answers = { forms: [], privately: [], refused: [], acknowledged: 0 }
  events += 1
  const request: Request = {
    actor: ANN,
    access: fakeAccess(),
    surface: PLACE.surface,
    workspace: PLACE.workspace,
    spot: { channelId: PLACE.channelId, threadId: null },
    words: wordsFor('en'),
    locale: 'en',
    eventId: `event-${events}`,
    ...fields,
    reply: {
      ...(formFields !== undefined && { formFields }),
      openForm: async (form) => void answers.forms.push(form),
      acknowledge: async () => {
        answers.acknowledged += 1
      },
      privately: async (view) => void answers.privately.push(view),
      refuseForm: async (errors, view) => void answers.refused.push({ errors, view }),
      openThread: (name, announcement, nonce) => chat.openThread(PLACE.channelId, name, announcement, nonce),
    },
  }
  return { request, answers }
}

/** All text of a view, one line per block. */
export function saidIn(view: MessageView | undefined): string {
  const plain = (inline: Inline): string => {
    if (typeof inline === 'string') return inline
    if ('bold' in inline) return inline.bold
    if ('italic' in inline) return inline.italic
    if ('code' in inline) return inline.code
    if ('mention' in inline) return `@${inline.name}`
    return 'link' in inline ? `${inline.label} <${inline.link}>` : inline.time.toISOString()
  }
  const line = (block: Block) => {
    if (!('text' in block)) return []
    const texts = block.type === 'item' && block.note !== '' ? [block.text, block.note] : [block.text]
    return texts.map((text) => (typeof text === 'string' ? text : text.map(plain).join('')))
  }
  return (view?.blocks ?? []).flatMap(line).join('\n')
}

/** The buttons of a view by label. */
export function buttonsIn(view: MessageView | undefined): Record<string, string> {
  const buttons = (view?.blocks ?? []).flatMap((block): Pick<Button, 'label' | 'action'>[] => {
    if (block.type === 'buttons') return block.buttons
    return block.type === 'menu' ? block.menu.items : []
  })
  return Object.fromEntries(buttons.map(({ label, action }) => [label, action]))
}
