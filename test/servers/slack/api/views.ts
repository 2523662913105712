import { randomUUID } from 'node:crypto'
import type { ModalPayload } from '../blocks.ts'
import { initialValues, keepTyped } from '../form.ts'
import { LIMITS } from '../limits.ts'
import { checkHome, checkModal } from '../validate.ts'
import type { OpenView, Trigger, World } from '../world.ts'
import { type Caller, usableImage } from './posting.ts'
import { type Answer, type Args, optional, Refusal, refuseWith, required } from './refusal.ts'

/** https://docs.slack.dev/reference/methods?family=views */
export const views = {
  'views.open': ({ world, needScope }: Caller, args: Args): Answer => {
    const modal = readModal(world, args.view)
    // https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
    if (modal.blocks.some((b) => b.type === 'input' && b.element.type === 'file_input'))
      needScope('files:read')
    const trigger = exchange(world, required(args, 'trigger_id'))
    const view = openView(world, trigger.user, modal, undefined)
    trigger.opened = view
    return { view: viewJson(world, view) }
  },

  'views.push': ({ world }: Caller, args: Args): Answer => {
    const trigger = exchange(world, required(args, 'trigger_id'))
    const below = world.views.get(trigger.viewId ?? '')
    if (below === undefined || !below.open) throw new Refusal('not_found')
    const view = openView(world, trigger.user, readModal(world, args.view), below)
    trigger.opened = view
    return { view: viewJson(world, view) }
  },

  'views.update': ({ world }: Caller, args: Args): Answer => {
    const [id, externalId] = [optional(args, 'view_id'), optional(args, 'external_id')]
    if ((id === undefined) === (externalId === undefined)) {
      refuseWith('invalid_arguments', ['[ERROR] exactly one of view_id and external_id is required'])
    }
    const view = [...world.views.values()].find(
      (v) => v.open && (v.id === id || (externalId !== undefined && v.payload.external_id === externalId)),
    )
    if (view === undefined) throw new Refusal('not_found')
    const hash = optional(args, 'hash')
    if (hash !== undefined && hash !== view.hash) throw new Refusal('hash_conflict')
    updateView(world, view, readModal(world, args.view, view))
    return { view: viewJson(world, view) }
  },

  'views.publish': ({ world }: Caller, args: Args): Answer => {
    if (!world.users.has(required(args, 'user_id'))) throw new Refusal('user_not_found')
    const checked = checkHome(asObject(args.view))
    if (checked.complaints !== undefined) refuseWith('invalid_arguments', checked.complaints)
    return { view: { id: world.nextId('V'), ...checked.value } }
  },
}

/** Checks a modal as Slack does. `replaced` is the view whose external id may be reused. */
export function readModal(world: World, input: unknown, replaced?: OpenView): ModalPayload {
  const view = asObject(input)
  if (Buffer.byteLength(JSON.stringify(view)) > LIMITS.viewBytes.max) throw new Refusal('view_too_large')
  const checked = checkModal(view, (ref) => usableImage(world, ref))
  if (checked.complaints !== undefined) return refuseWith('invalid_arguments', checked.complaints)
  const id = checked.value.external_id
  const taken = [...world.views.values()].some(
    (v) => v.open && v !== replaced && v.payload.external_id === id,
  )
  if (id !== undefined && id !== '' && taken) throw new Refusal('duplicate_external_id')
  return checked.value
}

export function openView(
  world: World,
  user: string,
  payload: ModalPayload,
  below: OpenView | undefined,
): OpenView {
  if (below !== undefined && depth(world, below) >= LIMITS.viewsInStack.max) {
    throw new Refusal('push_limit_reached')
  }
  // A newly opened modal replaces the one that the person had open.
  if (below === undefined) for (const view of world.views.values()) if (view.user === user) view.open = false
  const id = world.nextId('V')
  const view: OpenView = {
    id,
    hash: newHash(),
    rootId: below?.rootId ?? id,
    previousId: below?.id,
    user,
    payload,
    values: initialValues(payload.blocks),
    errors: {},
    open: true,
    updates: 0,
  }
  world.views.set(id, view)
  world.signal.changed()
  return view
}

export function updateView(world: World, view: OpenView, payload: ModalPayload): void {
  view.values = keepTyped(payload.blocks, view.values)
  view.payload = payload
  view.hash = newHash()
  view.errors = {}
  view.updates += 1
  world.signal.changed()
}

export function viewJson(world: World, view: OpenView): Answer {
  const { payload } = view
  return {
    id: view.id,
    team_id: world.team.id,
    app_id: world.app.id,
    app_installed_team_id: world.team.id,
    bot_id: world.app.botId,
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    ...payload,
    private_metadata: payload.private_metadata ?? '',
    callback_id: payload.callback_id ?? '',
    external_id: payload.external_id ?? '',
    submit: payload.submit ?? null,
    close: payload.close ?? null,
    clear_on_close: payload.clear_on_close ?? false,
    notify_on_close: payload.notify_on_close ?? false,
    state: { values: structuredClone(view.values) },
  }
}

function exchange(world: World, id: string): Trigger {
  const trigger = world.triggers.get(id)
  if (trigger === undefined) throw new Refusal('invalid_trigger_id')
  if (trigger.used) throw new Refusal('exchanged_trigger_id')
  if (Date.now() > trigger.expiresAt) throw new Refusal('expired_trigger_id')
  trigger.used = true
  return trigger
}

function depth(world: World, view: OpenView): number {
  const below = world.views.get(view.previousId ?? '')
  return below === undefined ? 1 : depth(world, below) + 1
}

function asObject(view: unknown): unknown {
  if (view === undefined || view === '')
    refuseWith('invalid_arguments', ['[ERROR] missing required field: view'])
  return view
}

function newHash(): string {
  return `${Math.floor(Date.now() / 1000)}.${randomUUID().slice(0, 8)}`
}
