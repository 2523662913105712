import { bundleShown } from '../../core/draft/editing/bundle-view.ts'
import type { BundleView } from '../../core/model/read-models.ts'
import type { ThreadMessage } from '../../db/entities/thread-message.ts'
import { bundleMessage } from '../view/bundle-message.ts'
import type { FileRef } from '../view/types.ts'
import { wordsFor } from '../words/index.ts'
import { GoneError } from './chat.ts'
import { forgetMessages, messagesOf, recordMessage, wasLost } from './messages.ts'
import { hashOf } from './nonce.ts'
import type { Projection } from './projection.ts'
import { removeQuietly } from './remove-quietly.ts'
import { sendOnce } from './video.ts'

/**
 * Updates the message about the files for editing programs: first their progress, then the files themselves in a new
 * message that replaces it, because not every platform can add a file to an existing message. A message that someone
 * deleted isn't posted again until someone asks for the files.
 */
export async function showBundle(projection: Projection): Promise<void> {
  const { core, chat, spot, shown } = projection
  const { draft, draftId, video } = shown
  if (!draft || !video) return
  const bundle = await bundleShown(core, video.job.jobId)
  const messages = await messagesOf(core, draftId)
  const file = bundle && (await sendableBundle(projection, bundle, messages))
  const slot = bundle && `${file ? 'bundle_file' : 'bundle'}:${bundle.number}`
  // Messages about an earlier video go too: they would appear below a different film.
  for (const old of messages.values())
    if (/^bundle(_file)?:/.test(old.slot) && old.slot !== slot) {
      await removeQuietly(chat, old, old.messageId)
      await forgetMessages(core, { id: old.id })
    }
  if (!bundle || slot === null) return
  const message = messages.get(slot)
  if (!message && (await wasLost(core, draftId, slot))) return
  const limit = await chat.uploadLimit(spot)
  const more = { file, limit, studio: core.links.studio(draftId) }
  const view = bundleMessage(draft, bundle, more, wordsFor(draft.language))
  const viewHash = hashOf(view)
  if (!message) return void (await sendOnce(projection, slot, spot, view))
  if (message.viewHash === viewHash) return
  try {
    const sent = await chat.edit(spot, message.messageId, view, message.files)
    await recordMessage(core, chat, draftId, slot, spot, sent, viewHash)
  } catch (error) {
    if (!(error instanceof GoneError) || error.what !== 'message') throw error
    await forgetMessages(core, { id: message.id })
  }
}

/** The file, if it can be sent or its message already has it; otherwise null. */
async function sendableBundle(
  { chat, spot, shown }: Projection,
  { number, path, bytes }: BundleView,
  messages: ReadonlyMap<string, ThreadMessage>,
): Promise<FileRef | null> {
  if (path === null) return null
  const isCarried = messages.has(`bundle_file:${number}`)
  const fits = bytes !== null && bytes <= (await chat.uploadLimit(spot))
  const name = `${shown.draftId.replaceAll('_', '-')}.zip`
  return isCarried || fits ? { path, name, kind: 'attachment', alt: '' } : null
}
