import { messageJson } from './api/posting.ts'
import { viewJson } from './api/views.ts'
import type { Found, Target } from './find-element.ts'
import { isView } from './find-element.ts'
import { type FieldValue, type FormValues, initialValues, type Option } from './form.ts'
import type { Channel, Message, OpenView, Trigger, User, World } from './world.ts'

type Payload = Record<string, unknown>

/** https://docs.slack.dev/reference/interaction-payloads */
function common(world: World, user: User, trigger: Trigger): Payload {
  return {
    token: 'deprecated',
    api_app_id: world.app.id,
    team: { id: world.team.id, domain: world.team.domain },
    user: {
      id: user.id,
      username: user.name,
      name: user.name,
      team_id: user.teamId ?? world.team.id,
    },
    trigger_id: trigger.id,
    enterprise: null,
    is_enterprise_install: false,
  }
}

export function commandPayload(
  world: World,
  user: User,
  trigger: Trigger,
  given: { command: string; text: string; channel: Channel; responseUrl: string },
): Payload {
  return {
    token: 'deprecated',
    team_id: user.teamId ?? world.team.id,
    team_domain: world.team.domain,
    channel_id: given.channel.id,
    channel_name: given.channel.kind === 'im' ? 'directmessage' : given.channel.name,
    user_id: user.id,
    user_name: user.name,
    command: given.command,
    text: given.text,
    api_app_id: world.app.id,
    is_enterprise_install: 'false',
    response_url: given.responseUrl,
    trigger_id: trigger.id,
  }
}

export function actionPayload(
  world: World,
  user: User,
  trigger: Trigger,
  target: Target,
  found: Found,
  chosen: FieldValue | undefined,
  responseUrl: string,
): Payload {
  return {
    type: 'block_actions',
    ...common(world, user, trigger),
    ...whereOf(world, user, target, responseUrl),
    actions: [actionOf(found, chosen)],
  }
}

export function suggestionPayload(
  world: World,
  user: User,
  trigger: Trigger,
  target: Target,
  found: Found,
  query: string,
): Payload {
  const { response_url: _none, state: _state, ...where } = whereOf(world, user, target, '')
  return {
    type: 'block_suggestion',
    ...common(world, user, trigger),
    ...where,
    action_id: found.element.action_id,
    block_id: found.block.block_id,
    value: query,
  }
}

export function viewPayload(
  world: World,
  user: User,
  trigger: Trigger,
  view: OpenView,
  type: 'view_submission' | 'view_closed',
): Payload {
  const { trigger_id, ...rest } = common(world, user, trigger)
  const base = { type, ...rest, view: viewJson(world, view) }
  return type === 'view_closed' ? { ...base, is_cleared: false } : { ...base, trigger_id, response_urls: [] }
}

export function shortcutPayload(
  world: World,
  user: User,
  trigger: Trigger,
  callbackId: string,
  about: { message: Message; responseUrl: string } | undefined,
): Payload {
  const base = { ...common(world, user, trigger), callback_id: callbackId, action_ts: world.nextTs() }
  if (about === undefined) return { type: 'shortcut', ...base }
  return {
    type: 'message_action',
    ...base,
    message_ts: about.message.ts,
    message: messageJson(world, about.message),
    channel: channelOf(world, about.message),
    response_url: about.responseUrl,
  }
}

function whereOf(world: World, user: User, target: Target, responseUrl: string): Payload {
  if (isView(target)) {
    return {
      container: { type: 'view', view_id: target.id },
      view: viewJson(world, target),
    }
  }
  const ephemeral = target.ephemeralTo !== undefined
  return {
    container: {
      type: 'message',
      message_ts: target.ts,
      channel_id: target.channel,
      is_ephemeral: ephemeral,
      ...(target.threadTs === undefined ? {} : { thread_ts: target.threadTs }),
    },
    channel: channelOf(world, target),
    // The app doesn't get the content of an ephemeral message, only its location.
    ...(ephemeral ? {} : { message: messageJson(world, target) }),
    state: { values: { ...initialValues(target.blocks), ...pickedBy(target, user.id) } },
    response_url: responseUrl,
  }
}

export function pickedBy(message: Message, user: string): FormValues {
  return message.picked.get(user) ?? {}
}

function channelOf(world: World, message: Message): Payload {
  const channel = world.channels.get(message.channel)
  return { id: message.channel, name: channel?.kind === 'public' ? channel.name : 'privategroup' }
}

function actionOf({ block, element }: Found, chosen: FieldValue | undefined): Payload {
  const base = {
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: (Date.now() / 1000).toFixed(6),
  }
  if (element.type !== 'button') return { ...base, ...trimmed(chosen) }
  return {
    ...base,
    text: element.text,
    ...(element.value === undefined ? {} : { value: element.value }),
    ...(element.style === undefined ? {} : { style: element.style }),
  }
}

function trimmed(chosen: FieldValue | undefined): Payload {
  const option = (o: Option) => ({ text: o.text, value: o.value })
  if (chosen?.selected_option) return { ...chosen, selected_option: option(chosen.selected_option) }
  return { ...chosen }
}
