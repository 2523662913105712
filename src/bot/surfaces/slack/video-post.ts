import type { types } from '@slack/bolt'
import type { Block, FileRef, MessageView } from '../../view/types.ts'
import { SLACK_LIMITS } from './limits.ts'
import { filesOf, toBlocks } from './message.ts'
import { escapeText, toMarkup } from './text.ts'

/**
 * The file that a message is about, a video or a download: Slack shares it as a separate message without buttons. Undefined
 * for any other message.
 */
export function postedFile(view: MessageView): FileRef | undefined {
  const controls = new Set<Block['type']>(['buttons', 'menu', 'select'])
  if (view.blocks.some(({ type }) => controls.has(type))) return undefined
  return filesOf(view, 'video')[0] ?? filesOf(view, 'attachment')[0]
}

/**
 * The text next to a shared file: a comment if Slack shows all of it as typed, else blocks.
 * https://docs.slack.dev/reference/methods/files.completeUploadExternal
 */
export function fileComment(view: MessageView): { initial_comment?: string; blocks?: types.KnownBlock[] } {
  const lines = view.blocks.map(lineOf)
  const comment = lines.filter((line) => line !== '').join('\n')
  if (lines.includes(null) || comment.length > SLACK_LIMITS.sectionText.max)
    return { blocks: plainBlocks(view) }
  return comment === '' ? {} : { initial_comment: comment }
}

/** A line of the comment; null if it wouldn't be shown as typed. */
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

/** Next to a file, Slack only accepts sections and rich text. */
function plainBlocks(view: MessageView): types.KnownBlock[] {
  const blocks = view.blocks.flatMap((block): Block[] => {
    if (block.type === 'heading') return [{ type: 'text', text: [{ bold: block.text }] }]
    if (block.type === 'note') return [{ type: 'text', text: [block.text].flat() }]
    return block.type === 'files' || block.type === 'divider' ? [] : [block]
  })
  return toBlocks({ ...view, blocks }, {}, undefined, false)
}
