import { uploadShown } from '../../core/draft/upload/upload-view.ts'
import { uploadMessage } from '../view/upload-message.ts'
import { wordsFor } from '../words/index.ts'
import { GoneError } from './chat.ts'
import { forgetMessages, messagesOf, recordMessage } from './messages.ts'
import { hashOf } from './nonce.ts'
import type { Projection } from './projection.ts'
import { sendOnce } from './video.ts'

/**
 * Updates the message about the newest video's upload. Nothing is posted until someone asks for an upload with the button
 * beside the video.
 */
export async function showUpload(projection: Projection): Promise<void> {
  const { core, chat, spot, shown } = projection
  const { draft, draftId, video } = shown
  if (!draft || !video) return
  const found = await uploadShown(core, draft, video.job.jobId)
  if (!found?.upload) return
  const slot = `upload:${video.job.jobId}`
  const messages = await messagesOf(core, draftId)
  const message = messages.get(slot)
  // A draft that is being edited again keeps the message it had but gets no new one.
  if (!message && draft.status !== 'finalized') return
  const view = uploadMessage(draftId, found.channel, found.upload, wordsFor(draft.language))
  const viewHash = hashOf(view)
  if (message?.viewHash === viewHash) return
  if (message)
    try {
      const sent = await chat.edit(spot, message.messageId, view, message.files)
      return await recordMessage(core, chat, draftId, slot, spot, sent, viewHash)
    } catch (error) {
      if (!(error instanceof GoneError) || error.what !== 'message') throw error
      await forgetMessages(core, { id: message.id })
    }
  await sendOnce(projection, slot, spot, view)
}
