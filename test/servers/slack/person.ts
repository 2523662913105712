import { edit, post } from './api/posting.ts'
import { findElement, isView, type Target } from './find-element.ts'
import { clientErrors, enter, findInput, type Given, type Option } from './form.ts'
import type { Interaction, Kind } from './interaction.ts'
import {
  actionPayload,
  commandPayload,
  pickedBy,
  shortcutPayload,
  suggestionPayload,
  viewPayload,
} from './payloads.ts'
import { newResponseUrl } from './respond.ts'
import type { Channel, Message, OpenView, Trigger, User, World } from './world.ts'

/** A person using Slack's client. They can only do what the client allows; anything else throws. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly user: User
  /** Types a command such as `/draft list`, by default in the first channel. */
  command(line: string, options?: { channel?: ChannelRef }): Interaction
  /** Presses a button, found by its label, action id or a pattern for the action id. `stale`: it may no longer be shown. */
  press(target: Target, which: string | RegExp, options?: { stale?: boolean }): Interaction
  /** Chooses in a select, overflow menu, radio group or checkboxes, by value or by label. */
  pick(
    target: Target,
    which: string | RegExp,
    choice: string | string[],
    options?: { stale?: boolean },
  ): Interaction
  /** Types into an external select and gets suggestions. */
  search(target: Target, which: string | RegExp, query: string): Interaction
  /** Uses a message shortcut, or a global one. */
  shortcut(callbackId: string, message?: Message): Interaction
  /** Changes fields of a form without submitting it. Keys are labels, block ids or action ids. */
  fill(view: OpenView, values: Record<string, Given>): void
  /** Fills in and submits a form. Other fields keep their values; throws if the client would not submit it. */
  submit(view: OpenView, values?: Record<string, Given>): Interaction
  /** Closes a form; notifies the app only if it asked for that. */
  close(view: OpenView): Interaction | undefined
  /** Writes a message. */
  say(text: string, options?: { channel?: ChannelRef; thread?: Message }): Message
  /** Changes the text of one of the person's own messages. */
  edit(message: Message, text: string): void
  /** The form that this person has open. */
  form(): OpenView | undefined
  /** The ephemeral messages that this person still sees. */
  ephemerals(): Message[]
  /**
   * Sends any interactive payload, even one that no client could send: forged ids, missing fields. It is merged over a real one.
   */
  forge(target: Target, which: string | RegExp, changes: Record<string, unknown>): Interaction
}
export type ChannelRef = string | Channel

/** What the server offers to the people in it. */
export interface Stage {
  world: World
  channel(ref: ChannelRef | undefined): Channel
  trigger(user: string, viewId?: string): Trigger
  interact(
    kind: Kind,
    user: string,
    trigger: Trigger,
    payload: Record<string, unknown>,
    context: { channel: string; view: OpenView | undefined },
  ): Interaction
  said(message: Message): void
}

export function createPerson(stage: Stage, user: User): Person {
  const { world } = stage
  // The suggestions that this person's last search returned, by action id.
  const suggested = new Map<string, Option[]>()

  const responseUrl = (channel: string, message: Message | undefined, into: { to?: Interaction }) =>
    newResponseUrl(world, {
      user: user.id,
      channel,
      message,
      onMessage: (posted) => into.to?.inbox.messages.push(posted),
    })

  const act = (
    target: Target,
    build: (trigger: Trigger, url: string) => Record<string, unknown>,
    kind: Kind,
  ) => {
    mustBeThere(target)
    const trigger = stage.trigger(user.id, isView(target) ? target.id : undefined)
    const channel = isView(target) ? '' : target.channel
    const into: { to?: Interaction } = {}
    const url = isView(target) ? '' : responseUrl(channel, target, into)
    const context = { channel, view: isView(target) ? target : undefined }
    into.to = stage.interact(kind, user.id, trigger, build(trigger, url), context)
    return into.to
  }

  const mustBeThere = (target: Target) => {
    if (isView(target) ? !target.open : target.deleted) throw new Error('It is no longer there.')
    const owner = isView(target) ? target.user : target.ephemeralTo
    if (owner !== undefined && owner !== user.id) throw new Error(`${user.name} does not see it.`)
  }

  const person: Person = {
    id: user.id,
    name: user.name,
    user,
    command(line, { channel: ref } = {}) {
      const [, command = '', text = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(line) ?? []
      const { commands } = world.settings
      if (command === '' || (commands !== undefined && !commands.includes(command))) {
        throw new Error(`${line} is not a command that the app has.`)
      }
      const channel = stage.channel(ref)
      const trigger = stage.trigger(user.id)
      const into: { to?: Interaction } = {}
      const url = responseUrl(channel.id, undefined, into)
      const payload = commandPayload(world, user, trigger, {
        command,
        text: text.trim(),
        channel,
        responseUrl: url,
      })
      into.to = stage.interact('command', user.id, trigger, payload, { channel: channel.id, view: undefined })
      return into.to
    },
    press(target, which, { stale = false } = {}) {
      const found = findElement(target, which, stale)
      if (found.element.type !== 'button')
        throw new Error(`${which} is a ${found.element.type}, not a button.`)
      return act(target, (t, url) => actionPayload(world, user, t, target, found, undefined, url), 'action')
    },
    pick(target, which, choice, { stale = false } = {}) {
      const item = typeof choice === 'string' ? choice : choice[0]
      const found = findElement(target, which, stale, item)
      const { element, block } = found
      const [blockId, actionId] = [block.block_id ?? '', element.action_id ?? '']
      const chosen = enter(element, choice, suggested.get(actionId) ?? [])
      mustBeThere(target)
      const state = isView(target) ? target.values : pickedBy(target, user.id)
      if (element.type !== 'overflow') state[blockId] = { ...state[blockId], [actionId]: chosen }
      if (!isView(target)) target.picked.set(user.id, state)
      // For an input block the app is only notified when the form is submitted, unless the block says otherwise.
      if (block.type === 'input' && block.dispatch_action !== true) {
        throw new Error(`${which} is a field of a form: use fill() or submit().`)
      }
      return act(target, (t, url) => actionPayload(world, user, t, target, found, chosen, url), 'action')
    },
    search(target, which, query) {
      const found = findElement(target, which)
      const { element } = found
      if (element.type !== 'external_select') throw new Error(`${which} does not search.`)
      if (query.length < (element.min_query_length ?? 3))
        throw new Error('The query is too short to be sent.')
      const interaction = act(
        target,
        (t) => suggestionPayload(world, user, t, target, found, query),
        'suggestion',
      )
      void interaction.acknowledged().then(
        () => suggested.set(element.action_id ?? '', interaction.suggestions ?? []),
        () => undefined,
      )
      return interaction
    },
    shortcut(callbackId, message) {
      const trigger = stage.trigger(user.id)
      const into: { to?: Interaction } = {}
      const channel = message?.channel ?? ''
      const about =
        message === undefined ? undefined : { message, responseUrl: responseUrl(channel, undefined, into) }
      const payload = shortcutPayload(world, user, trigger, callbackId, about)
      into.to = stage.interact('shortcut', user.id, trigger, payload, { channel, view: undefined })
      return into.to
    },
    fill(view, values) {
      mustBeThere(view)
      for (const [key, given] of Object.entries(values)) {
        const { block_id: blockId = '', element } = findInput(view.payload.blocks, key)
        const actionId = element.action_id ?? ''
        const value = enter(element, given, suggested.get(actionId) ?? [])
        view.values[blockId] = { ...view.values[blockId], [actionId]: value }
      }
    },
    submit(view, values = {}) {
      person.fill(view, values)
      if (person.form() !== view) throw new Error('Another form lies over this one.')
      if (view.payload.submit === undefined) throw new Error('This form has no button to send it.')
      const errors = clientErrors(view.payload.blocks, view.values)
      if (Object.keys(errors).length > 0) throw new Error(`Slack does not send it: ${JSON.stringify(errors)}`)
      view.errors = {}
      return act(view, (t) => viewPayload(world, user, t, view, 'view_submission'), 'submission')
    },
    close(view) {
      const told = view.payload.notify_on_close === true
      const interaction = told
        ? act(view, (t) => viewPayload(world, user, t, view, 'view_closed'), 'closed')
        : undefined
      const all = view.payload.clear_on_close === true
      for (const one of world.views.values())
        if (one === view || (all && one.rootId === view.rootId)) one.open = false
      world.signal.changed()
      return interaction
    },
    say(text, { channel: ref, thread } = {}) {
      const channel = stage.channel(thread?.channel ?? ref)
      if (!channel.members.has(user.id)) throw new Error(`${user.name} is not in ${channel.name}.`)
      const message = post(world, { channel: channel.id, user: user.id, text, threadTs: thread?.ts })
      stage.said(message)
      return message
    },
    edit(message, text) {
      if (message.user !== user.id) throw new Error(`${user.name} has not written this.`)
      edit(world, message, { text, blocks: message.blocks })
      stage.said(message)
    },
    form: () => [...world.views.values()].filter((v) => v.user === user.id && v.open).at(-1),
    ephemerals: () => world.messages.filter((m) => m.ephemeralTo === user.id && !m.deleted),
    forge(target, which, changes) {
      const found = findElement(target, which, true)
      return act(
        target,
        (t, url) => ({ ...actionPayload(world, user, t, target, found, undefined, url), ...changes }),
        'action',
      )
    },
  }
  return person
}
