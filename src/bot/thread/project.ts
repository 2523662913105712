import type { Segment } from '../../db/entities/segment.ts'
import type { ThreadMessage } from '../../db/entities/thread-message.ts'
import { isShownCompact } from '../view/compact-segment.ts'
import { wordsFor } from '../words/index.ts'
import { showBundle } from './bundle.ts'
import { BusyError, GoneError, LockedError, type Spot } from './chat.ts'
import { readySlot, type ShownFilm } from './film.ts'
import { giveWay, isStillLast } from './last-message.ts'
import { forgetMessages, messagesOf, noteSending, recordMessage } from './messages.ts'
import { hashOf, nonceOf } from './nonce.ts'
import { ensureThread } from './open-thread.ts'
import { loadPreviews } from './previews.ts'
import type { Projection } from './projection.ts'
import { removeQuietly } from './remove-quietly.ts'
import { CONTROLS, type Slot, segmentPosition, segmentSlot, threadSlots } from './slots.ts'
import { showUpload } from './upload.ts'
import { showFilm } from './video.ts'
import { showWebhookTrouble } from './webhook.ts'

/** Milliseconds for which a message that can no longer be edited is left as it is before a new one replaces it. */
const LOCKED_FOR = 5 * 60_000

/**
 * Brings a thread in line with the draft: compares the stored messages with the views and sends only the difference. A
 * second run sends nothing.
 * @throws GoneError `thread` if the thread is gone; otherwise, after all the other messages were shown, the error of the
 * first one that couldn't be.
 */
export async function project(projection: Projection): Promise<void> {
  const opened = await ensureThread(projection)
  const current = { ...projection, spot: opened }
  let messages = await messagesOf(current.core, current.shown.draftId)
  if (current.verify) messages = await dropMissing(current, messages)
  const failures = new Map<string, unknown>()
  // Platforms allow only a few edits at a time, and a finished draft has one per segment, so the video goes first.
  const film = (await attempt(failures, 'video', () => showFilm(current, messages))) ?? null
  messages = await messagesOf(current.core, current.shown.draftId)
  let slots = await slotsOf(current, messages, film)
  const [top] = slots
  if (top && !messages.has('top') && (await attempt(failures, 'top', () => show(current, top, undefined)))) {
    // The last message links to the top, whose address is now known.
    messages = await messagesOf(current.core, current.shown.draftId)
    slots = await slotsOf(current, messages, film)
  }
  if (await giveWay(current, messages, slots))
    messages = await messagesOf(current.core, current.shown.draftId)
  for (let again = true; again; ) {
    again = false
    for (const slot of slots) {
      if (failures.has(slot.name)) continue
      const message = messages.get(slot.name)
      const isShown = await attempt(failures, slot.name, () => show(current, slot, message))
      // Anything sent after a message that couldn't be sent would be in the wrong place.
      if (isShown === undefined && !message) break
      if (isShown !== false) continue
      // It was deleted: this message and all below it are sent again, to keep the order.
      await attempt(failures, slot.name, () => dropFrom(current, messages, slot.name))
      messages = await messagesOf(current.core, current.shown.draftId)
      again = true
      break
    }
  }
  await attempt(failures, 'surplus', () => removeSurplus(current, messages, slots))
  await attempt(failures, 'upload', () => showUpload(current))
  await attempt(failures, 'bundle', () => showBundle(current))
  await attempt(failures, 'webhook', () => showWebhookTrouble(current))
  const [first, ...others] = failures.values()
  for (const err of others)
    current.core.log.warn({ draft: current.shown.draftId, err }, 'another message could not be sent either')
  if (first !== undefined) throw first
}

/** Runs one step. Its error is kept for the end of the run, unless all other steps would fail too. */
async function attempt<T>(
  failures: Map<string, unknown>,
  name: string,
  step: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof GoneError || error instanceof BusyError) throw error
    failures.set(name, error)
    return undefined
  }
}

async function dropMissing(
  projection: Projection,
  messages: Map<string, ThreadMessage>,
): Promise<Map<string, ThreadMessage>> {
  const { core, shown, spot } = projection
  const inThread = [...messages.values()].filter(({ slot, threadId }) => {
    // Messages in the channel aren't looked for in the thread.
    return slot !== 'announcement' && slot !== 'film' && threadId === spot.threadId
  })
  const present = await presentOf(
    projection,
    inThread.map(({ messageId }) => messageId),
  )
  const missing = inThread.filter(({ messageId }) => !present.has(messageId))
  if (missing.length === 0) return messages
  const first = ['top', ...segmentSlots(messages), CONTROLS].find((slot) =>
    missing.some((message) => message.slot === slot),
  )
  if (first !== undefined) await dropFrom(projection, messages, first)
  for (const { id } of missing) await forgetMessages(core, { id })
  return messagesOf(core, shown.draftId)
}

/**
 * If the platform doesn't say which messages exist, all of them count as existing, so that the draft's changes are still
 * shown.
 */
async function presentOf({ core, chat, spot }: Projection, messageIds: string[]): Promise<Set<string>> {
  try {
    return await chat.present(spot, messageIds)
  } catch (error) {
    if (error instanceof GoneError || error instanceof BusyError) throw error
    core.log.warn({ err: error }, 'could not check which messages are still there')
    return new Set(messageIds)
  }
}

/** Removes a message, all segment messages below it and the last message from the thread, to be sent again in order. */
async function dropFrom(
  { core, chat, spot }: Projection,
  messages: Map<string, ThreadMessage>,
  slot: string,
): Promise<void> {
  const position = slot === CONTROLS ? Number.POSITIVE_INFINITY : (segmentPosition(slot) ?? -1)
  for (const [name, message] of messages) {
    const at = name === CONTROLS ? Number.POSITIVE_INFINITY : segmentPosition(name)
    if (name !== slot && (at === null || at < position)) continue
    // A top message that others hang on (Slack's threads) cannot be reposted above them; it is removed and forgotten.
    await removeQuietly(chat, spot, message.messageId)
    await forgetMessages(core, { id: message.id })
  }
}

async function slotsOf(
  { core, chat, shown, spot, signal, linkTo }: Projection,
  messages: Map<string, ThreadMessage>,
  film: ShownFilm | null,
): Promise<Slot[]> {
  const carriedBy = (segment: Segment) => messages.get(segmentSlot(segment))?.files ?? {}
  const isCompact = isShownCompact(shown.segments.length)
  const options = {
    previews: await loadPreviews(core, shown, {
      playsInline: chat.playsInline && !isCompact,
      needsStills: isCompact,
      limit: await chat.uploadLimit(spot),
      signal,
      carriedBy,
    }),
    needsPlayButton: !chat.playsInline,
    canRewrite: core.providers.script.some(({ rewrite }) => rewrite !== undefined),
    film,
    filmIsOnTop: chat.threadOpensWithTop,
    isReadySaid: saysReady(shown, messages),
    top: await topLink(shown, messages, spot, linkTo),
  }
  // Before the draft exists, the request's language decides.
  return threadSlots(shown, options, wordsFor(shown.draft?.language ?? shown.creating?.language ?? 'en'))
}

/** Whether the thread has the message that announces the video and links to it. */
function saysReady({ video }: Projection['shown'], messages: Map<string, ThreadMessage>): boolean {
  const ready = video && messages.get(readySlot(video.job.jobId))
  return ready != null && Object.keys(ready.files).length === 0
}

/** The address of the top message, for the last one; null before the draft exists. */
async function topLink(
  { draft }: Projection['shown'],
  messages: Map<string, ThreadMessage>,
  spot: Spot,
  linkTo: Projection['linkTo'],
): Promise<string | null> {
  const top = messages.get('top')
  return draft && top ? linkTo(spot, top.messageId) : null
}

/** @returns false if the message turned out to be deleted. */
async function show(
  projection: Projection,
  slot: Slot,
  message: ThreadMessage | undefined,
): Promise<boolean> {
  const { core, chat, shown, spot } = projection
  const { name, view, awaiting, instead } = slot
  // A waiting message is stored with the hash it waits with, so it is updated when it starts waiting and when that hash
  // changes.
  const viewHash = awaiting ?? hashOf(view)
  if (message?.viewHash === viewHash) return true
  if (instead && message?.viewHash === hashOf(instead)) return true
  if (message && slot.staysLast && !(await isStillLast(projection, message))) {
    await removeQuietly(chat, spot, message.messageId)
    await forgetMessages(core, { id: message.id })
    return show(projection, slot, undefined)
  }
  if (!message) {
    const { draftId } = shown
    const { since, isUnsure, triedAt } = await noteSending(core, chat, draftId, name, spot, viewHash)
    const nonce = nonceOf([draftId, spot.threadId ?? '', name, since])
    const sent = await chat.send(spot, view, nonce, triedAt)
    await recordMessage(core, chat, draftId, name, spot, sent, isUnsure ? '' : viewHash)
    // A message sent by an earlier process before it ended is updated by an edit.
    return isUnsure ? show(projection, slot, (await messagesOf(core, draftId)).get(name)) : true
  }
  try {
    const sent = await chat.edit(spot, message.messageId, view, message.files)
    await recordMessage(core, chat, shown.draftId, name, spot, sent, viewHash)
    return true
  } catch (error) {
    if (error instanceof GoneError && error.what === 'message') return false
    // Where hardly anything can be edited, the thread must not grow with each step of a render.
    const age = core.clock().getTime() - message.updatedAt.getTime()
    // If the clock was set back, it is unknown how long the message has been locked.
    if (!(error instanceof LockedError) || (age >= 0 && age < LOCKED_FOR)) throw error
    if (name !== 'top') return false
    // The thread hangs on it: it stays, and the new one is posted below.
    await forgetMessages(core, { id: message.id })
    return show(projection, slot, undefined)
  }
}

async function removeSurplus(
  { core, chat, spot }: Projection,
  messages: Map<string, ThreadMessage>,
  slots: Slot[],
): Promise<void> {
  const wanted = new Set(slots.map(({ name }) => name))
  for (const name of [...segmentSlots(messages), CONTROLS]) {
    const message = messages.get(name)
    if (!message || wanted.has(name)) continue
    await removeQuietly(chat, spot, message.messageId)
    await forgetMessages(core, { id: message.id })
  }
}

function segmentSlots(messages: Map<string, ThreadMessage>): string[] {
  return [...messages.keys()].filter((name) => segmentPosition(name) !== null)
}
