import { z } from 'zod'
import { Refusal } from './api/refusal.ts'
import { openView, readModal, updateView } from './api/views.ts'
import { optionGroup, plainOption } from './elements.ts'
import type { Interaction } from './interaction.ts'
import { LIMITS } from './limits.ts'
import { respond } from './respond.ts'
import type { OpenView, World } from './world.ts'

/** Processes the body of an acknowledgement as Slack does. Anything Slack would reject is recorded as a problem. */
export function applyAcknowledgement(
  world: World,
  interaction: Interaction,
  body: Record<string, unknown>,
  context: { channel: string; view: OpenView | undefined },
): void {
  try {
    switch (interaction.kind) {
      case 'command':
        reply(world, interaction, body, context.channel)
        break
      case 'submission':
        if (context.view !== undefined) answerForm(world, interaction, body, context.view)
        break
      case 'suggestion':
        suggest(interaction, body)
        break
      default:
        if (Object.keys(body).length > 0) {
          throw new Refusal('ignored', { because: 'only commands, forms and suggestions are answered so' })
        }
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const detail = JSON.stringify({ ...error.extra, body }).slice(0, 800)
    world.problems.push(`Bad acknowledgement of a ${interaction.kind}: ${error.error} ${detail}`)
  }
}

function reply(world: World, interaction: Interaction, body: Record<string, unknown>, channel: string): void {
  if (Object.keys(body).length === 0) return
  const onMessage = (message: Parameters<typeof interaction.inbox.messages.push>[0]) => {
    interaction.inbox.messages.push(message)
  }
  respond(
    world,
    { user: interaction.user, channel, message: undefined, uses: 0, expiresAt: 0, onMessage },
    body,
  )
}

/** https://docs.slack.dev/surfaces/modals#handling-submissions */
const answer = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('clear') }),
])

function answerForm(
  world: World,
  interaction: Interaction,
  body: Record<string, unknown>,
  view: OpenView,
): void {
  if (Object.keys(body).length === 0) {
    view.open = false
    return
  }
  const parsed = answer.safeParse(body)
  if (!parsed.success) throw new Refusal('invalid_response_action', { issues: parsed.error.issues })
  const { data } = parsed
  switch (data.response_action) {
    case 'errors': {
      const inputs = view.payload.blocks.filter((b) => b.type === 'input').map((b) => b.block_id)
      const stray = Object.keys(data.errors).filter((id) => !inputs.includes(id))
      if (stray.length > 0 || Object.keys(data.errors).length === 0) {
        throw new Refusal('errors_for_unknown_blocks', { stray, inputs })
      }
      view.errors = data.errors
      interaction.fieldErrors = data.errors
      return
    }
    case 'update':
      updateView(world, view, readModal(world, data.view, view))
      interaction.inbox.view = view
      return
    case 'push':
      interaction.inbox.view = openView(world, view.user, readModal(world, data.view), view)
      return
    case 'clear':
      for (const other of world.views.values()) if (other.rootId === view.rootId) other.open = false
  }
}

const suggestions = z.union([
  z.strictObject({ options: z.array(plainOption).max(LIMITS.selectOptions.max) }),
  z.strictObject({ option_groups: z.array(optionGroup).max(LIMITS.optionGroups.max) }),
])

function suggest(interaction: Interaction, body: Record<string, unknown>): void {
  const parsed = suggestions.safeParse(body)
  if (!parsed.success) throw new Refusal('invalid_options', { issues: parsed.error.issues })
  interaction.suggestions =
    'options' in parsed.data ? parsed.data.options : parsed.data.option_groups.flatMap((g) => g.options)
}
