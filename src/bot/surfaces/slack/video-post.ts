import type { types } from '@slack/bolt'
import type { Block, FileRef, MessageView } from '../../view/types.ts'
import { SLACK_LIMITS } from './limits.ts'
import { filesOf, toBlocks } from './message.ts'
import { escapeText, toMarkup } from './text.ts'

/**
 * The file that a message is there for, a video or else what is to be saved: Slack shares it as a message of its own, without
 * buttons. Undefined for any other message.
 */
export function postedFile(view: MessageView): FileRef | undefined {
  const controls = new Set<Block['type']>(['buttons', 'menu', 'select'])
  if (view.blocks.some(({ type }) => controls.has(type))) return undefined
  return filesOf(view, 'video')[0] ?? filesOf(view, 'attachment')[0]
}

/**
 * The words beside a shared file: a comment where Slack shows every word of it as typed, else blocks.
 * https://docs.slack.dev/reference/methods/files.completeUploadExternal
 */
export function fileComment(view: MessageView): { initial_comment?: string; blocks?: types.KnownBlock[] } {
  const lines = view.blocks.map(lineOf)
  const comment = lines.filter((line) => line !== '').join('\n')
  if (lines.includes(null) || comment.length > SLACK_LIMITS.sectionText.max)
    return { blocks: plainBlocks(view) }
  return comment === '' ? {} : { initial_comment: comment }
}

/** A line of the comment; null when it would not show as typed. */
function lineOf(block: Block): string | null {
  switch (block.type) {
    case 'heading':
      return toMarkup([{ bold: block.text.replaceAll(/\s+/gu, ' ').trim() }])
    case 'text':
    case 'note':
      return toMarkup(block.text)
    case 'quote':
      return toMarkup(block.text)?.replaceAll(/^/gm, '> ') ?? null
    case 'progress':
      return escapeText(block.label)
    default:
      return ''
  }
}

/** Beside a file Slack takes sections and rich text only. */
function plainBlocks(view: MessageView): types.KnownBlock[] {
  const blocks = view.blocks.flatMap((block): Block[] => {
    if (block.type === 'heading') return [{ type: 'text', text: [{ bold: block.text }] }]
    if (block.type === 'note') return [{ type: 'text', text: [block.text].flat() }]
    return block.type === 'files' || block.type === 'divider' ? [] : [block]
  })
  return toBlocks({ ...view, blocks }, {}, undefined, false)
}
