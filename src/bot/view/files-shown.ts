import type { FileRef, MessageView } from './types.ts'

/** All files of a message, in order. */
export function filesShown({ blocks }: MessageView): FileRef[] {
  return blocks.flatMap((block) => {
    if (block.type === 'files') return block.files
    return block.type === 'item' && block.thumbnail ? [block.thumbnail] : []
  })
}
