import type { z } from 'zod'
import { type Block, home, type ModalPayload, messageBlocks, modal } from './blocks.ts'
import { LIMITS } from './limits.ts'
import { againstTypes } from './slack-types.ts'

/** Either the value, or Slack's complaints in the form of its `response_metadata.messages`. */
export type Checked<T> = { value: T; complaints?: undefined } | { value?: undefined; complaints: string[] }

/**
 * Checks the blocks of a message: shapes, limits, unique ids, that every `slack_file` is an image that is ready, and that
 * `@slack/types` accepts every block as it is.
 */
export function checkBlocks(input: unknown, fileIsImage: (ref: FileRef) => boolean): Checked<Block[]> {
  const parsed = messageBlocks.safeParse(input)
  if (!parsed.success) return { complaints: complain(parsed.error, '/blocks') }
  const complaints = parsed.data.flatMap((block, at) => againstTypes('KnownBlock', block, `/blocks/${at}`))
  return complaints.length > 0 ? { complaints } : withIds(parsed.data, fileIsImage)
}

/** Whether the `blocks` of a message are too long together, even if each of them is within its own limits. */
export function blocksAreTooLong(blocks: Block[]): boolean {
  return JSON.stringify(blocks).length > LIMITS.blockCharactersPerMessage.max
}

export function checkModal(input: unknown, fileIsImage: (ref: FileRef) => boolean): Checked<ModalPayload> {
  const parsed = modal.safeParse(input)
  if (!parsed.success) return { complaints: complain(parsed.error, '/view') }
  const complaints = againstTypes('ModalView', parsed.data, '/view')
  if (complaints.length > 0) return { complaints }
  const blocks = withIds(parsed.data.blocks, fileIsImage)
  if (blocks.complaints !== undefined) return blocks
  const focused = blocks.value.filter(
    (b) => b.type === 'input' && 'focus_on_load' in b.element && b.element.focus_on_load === true,
  )
  if (focused.length > 1) {
    return { complaints: ['[ERROR] only one element may have focus_on_load [json-pointer:/view/blocks]'] }
  }
  return { value: { ...parsed.data, blocks: blocks.value } }
}

export function checkHome(input: unknown): Checked<z.infer<typeof home>> {
  const parsed = home.safeParse(input)
  if (!parsed.success) return { complaints: complain(parsed.error, '/view') }
  const complaints = againstTypes('HomeView', parsed.data, '/view')
  return complaints.length > 0 ? { complaints } : { value: parsed.data }
}

export interface FileRef {
  id?: string | undefined
  url?: string | undefined
}

/** Gives every block and element an id, as Slack does, and refuses duplicate ids and unusable files. */
function withIds(blocks: Block[], fileIsImage: (ref: FileRef) => boolean): Checked<Block[]> {
  const complaints: string[] = []
  const seen = new Set<string>()
  const named = blocks.map((block, index) => {
    const blockId = block.block_id ?? randomId(seen)
    if (seen.has(blockId)) {
      complaints.push(`[ERROR] block_id "${blockId}" already exists [json-pointer:/blocks/${index}/block_id]`)
    }
    seen.add(blockId)
    for (const ref of slackFilesOf(block)) {
      if (!fileIsImage(ref)) {
        complaints.push(`[ERROR] invalid slack file [json-pointer:/blocks/${index}/slack_file]`)
      }
    }
    const copy = { ...structuredClone(block), block_id: blockId }
    const actionIds = new Set<string>()
    for (const element of interactiveOf(copy)) {
      element.action_id ??= randomId(actionIds)
      if (actionIds.has(element.action_id)) {
        complaints.push(
          `[ERROR] action_id "${element.action_id}" already exists [json-pointer:/blocks/${index}/elements]`,
        )
      }
      actionIds.add(element.action_id)
    }
    return copy
  })
  return complaints.length > 0 ? { complaints } : { value: named }
}

/** Every interactive element of a block. */
export function interactiveOf(block: Block) {
  switch (block.type) {
    case 'actions':
      return block.elements
    case 'section':
      return block.accessory === undefined || block.accessory.type === 'image' ? [] : [block.accessory]
    case 'input':
      return [block.element]
    default:
      return []
  }
}
export type Interactive = ReturnType<typeof interactiveOf>[number]

function slackFilesOf(block: Block): FileRef[] {
  const images =
    block.type === 'image'
      ? [block]
      : block.type === 'context'
        ? block.elements.filter((e) => e.type === 'image')
        : block.type === 'section' && block.accessory?.type === 'image'
          ? [block.accessory]
          : []
  return images.flatMap((image) => (image.slack_file === undefined ? [] : [image.slack_file]))
}

function randomId(taken: Set<string>): string {
  const id = Math.random().toString(36).slice(2, 7)
  return id.length === 5 && !taken.has(id) ? id : randomId(taken)
}

function complain(error: z.ZodError, root: string): string[] {
  return error.issues.map((issue) => {
    const pointer = [root, ...issue.path.map(String)].join('/')
    return `[ERROR] ${sentence(issue)} [json-pointer:${pointer}]`
  })
}

function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string'
        ? `must be less than ${Number(issue.maximum) + 1} characters`
        : `no more than ${issue.maximum} items allowed`
    case 'too_small':
      return issue.origin === 'string'
        ? `must be more than ${Number(issue.minimum) - 1} characters`
        : `must have at least ${issue.minimum} items`
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')}`
    case 'invalid_union':
      return 'failed to match all allowed schemas (the type is unknown, or not allowed here)'
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined')
        ? `missing required field: ${String(issue.path.at(-1))}`
        : `must provide ${issue.expected}`
    default:
      return issue.message
  }
}
