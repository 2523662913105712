import type { Failure } from './deliver.ts'
import type { Option } from './form.ts'
import type { Message, OpenView, Trigger, World } from './world.ts'

export type Kind = 'command' | 'action' | 'shortcut' | 'submission' | 'closed' | 'suggestion' | 'raw'

interface Acknowledgement {
  /** The body that the app answered with; `{}` if none. */
  body: Record<string, unknown>
  /** Milliseconds from sending to the acknowledgement. */
  ms: number
  /** It came after the three-second limit, when the person had already seen an error. */
  late: boolean
}

/** One action of a person, and its outcome. */
export interface Interaction {
  readonly kind: Kind
  readonly user: string
  readonly payload: Record<string, unknown>
  readonly triggerId: string
  /** By `performance.now()`, in milliseconds. */
  readonly sentAt: number
  ack: Acknowledgement | undefined
  /** Why the person saw an error instead. */
  failure: Failure | undefined
  /** Messages from the acknowledgement or the response_url, and ephemeral ones to this person since then. */
  replies(): Message[]
  /** The field errors that a submission was answered with. */
  fieldErrors: Record<string, string> | undefined
  /** The suggestions returned for an external select. */
  suggestions: Option[] | undefined
  /** Waits for the acknowledgement; rejects if the app did not acknowledge in time. */
  acknowledged(): Promise<Acknowledgement>
  /** Waits for the view opened, pushed or updated because of this. */
  view(): Promise<OpenView>
  /** Waits for the first message of `replies()`. */
  reply(): Promise<Message>
  /** Waits for `fieldErrors`. */
  errors(): Promise<Record<string, string>>
  /** @internal used by the server */
  readonly inbox: { messages: Message[]; view: OpenView | undefined; trigger: Trigger }
}

export function createInteraction(
  world: World,
  kind: Kind,
  user: string,
  trigger: Trigger,
  payload: Record<string, unknown>,
): Interaction {
  const startedAt = world.nextTs()
  const wait = <T>(what: string, condition: () => T) =>
    world.signal.until(() => {
      const found = condition()
      if (!found && interaction.failure !== undefined) {
        throw new Error(`Waited for ${what}, but the person saw ${interaction.failure}.`)
      }
      return found
    }, `${what} after a ${kind} by ${user}`)
  const interaction: Interaction = {
    kind,
    user,
    payload,
    triggerId: trigger.id,
    sentAt: performance.now(),
    ack: undefined,
    failure: undefined,
    fieldErrors: undefined,
    suggestions: undefined,
    inbox: { messages: [], view: undefined, trigger },
    replies() {
      const ephemeral = world.messages.filter((m) => m.ephemeralTo === user && m.ts > startedAt)
      return [...new Set([...interaction.inbox.messages, ...ephemeral])].filter((m) => !m.deleted)
    },
    acknowledged: () => wait('an acknowledgement', () => interaction.ack),
    view: () => wait('a view', () => interaction.inbox.view ?? trigger.opened),
    reply: () => wait('a reply', () => interaction.replies()[0]),
    errors: () => wait('errors under fields', () => interaction.fieldErrors),
  }
  return interaction
}
