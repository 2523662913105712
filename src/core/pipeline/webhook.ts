import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type Job, JobEntity } from '../../db/entities/job.ts'
import { WebhookEntity } from '../../db/entities/webhook.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Core } from '../draft/core.ts'
import { type Payload, type PayloadInput, payloadOf } from '../draft/payloads.ts'
import { type FinishedMessage, finishedMessage, SECRET_FIELDS } from '../draft/webhook/message.ts'
import { targetOf } from '../draft/webhook/webhooks.ts'
import { UserError } from '../model/errors.ts'
import { storedFailure } from '../model/failure.ts'

/** How often a film is looked up in its chat, and the milliseconds in between: a large one takes a while to be posted. */
const LOOKS = { most: 240, pause: 250 }

type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>

/**
 * Makes one attempt to notify a webhook of a finished film. The message is composed for the first attempt and stays the
 * same for all.
 * @throws UserError, ProviderError: why it could not be notified.
 */
export async function runWebhook(
  core: Core,
  job: Job,
  asked: Payload<'webhook'>,
  signal: AbortSignal,
  wait: Wait = (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
): Promise<void> {
  const target = await targetOf(core, core.db.fork(), job.workspace)
  if (!target) return
  const message = kept(core, job, asked) ?? (await composed(core, job, asked, signal, wait))
  if (!message) return
  const sent = { id: asked.messageId, body: JSON.stringify(message), sentAt: core.clock() }
  const { isOwn } = target
  const outcome = await core.webhooks.deliver(target, sent, { isOwn, signal })
  await core.db.transaction((em) => keep(em, job, FORGOTTEN))
  if (outcome === 'delivered') return arrived(core, job.workspace)
  core.log.warn({ workspace: job.workspace, isOwn }, 'a webhook wants to be told nothing any more')
  if (isOwn) await tell(core, job, new UserError('webhook_gone'), true)
}

/** Reports failing deliveries once, until one succeeds again. For the operator's own address, this is in the log. */
export async function sayWebhookFailed(core: Core, job: Job): Promise<void> {
  core.log.warn(
    { job: job.jobId, workspace: job.workspace },
    'a webhook could not be told of a finished film',
  )
  await core.db.transaction((em) => keep(em, job, FORGOTTEN))
  await tell(core, job, job.error, false)
}

async function composed(
  core: Core,
  job: Job,
  asked: Payload<'webhook'>,
  signal: AbortSignal,
  wait: Wait,
): Promise<FinishedMessage | null> {
  const draftId = job.draftId ?? ''
  let link = await core.links.message(draftId, asked.render)
  for (let looks = 1; link === 'coming' && looks < LOOKS.most; looks += 1) {
    await wait(LOOKS.pause, signal)
    link = await core.links.message(draftId, asked.render)
  }
  // Where files can't be sent, there is at least the thread.
  const at = link === 'coming' ? await core.links.thread(draftId) : link
  const found = { draftId, render: asked.render }
  const message = await finishedMessage(core, core.db.fork(), found, at)
  if (!message) return null
  const links = Object.fromEntries(SECRET_FIELDS.map((field) => [field, message.data[field]]))
  const without = Object.fromEntries(SECRET_FIELDS.map((field) => [field, null]))
  const fields = {
    message: { ...message, data: { ...message.data, ...without } },
    sealedLinks: core.sealer.seal(JSON.stringify(links), aboutOf(job)),
  }
  await core.db.transaction((em) => keep(em, job, fields))
  return message
}

const Links = z.record(z.string(), z.unknown())
/** What is removed from a row once its message is done. */
const FORGOTTEN = { message: null, sealedLinks: null }

/** The message of an earlier attempt; null if there was none, or if it can no longer be decrypted. */
function kept(
  { sealer }: Core,
  job: Job,
  { message, sealedLinks }: Payload<'webhook'>,
): FinishedMessage | null {
  const links = sealedLinks === null ? null : sealer.open(sealedLinks, aboutOf(job))
  if (!message || links === null) return null
  return { ...message, data: { ...message.data, ...Links.parse(JSON.parse(links)) } }
}

function aboutOf({ jobId }: Job): string {
  return JSON.stringify(['webhook message', jobId])
}

async function arrived({ db }: Core, workspace: string): Promise<void> {
  await db.fork().nativeUpdate(WebhookEntity, { workspace, problem: { $ne: null } }, { problem: null })
}

/** @param reason an error, or its form written by `storedFailure`. */
async function tell(core: Core, job: Job, reason: UserError | string | null, isOff: boolean): Promise<void> {
  const stored = typeof reason === 'string' ? reason : storedFailure(reason)
  await core.db.transaction(async (em) => {
    const fields = { problem: stored, ...(isOff && { isOn: false }) }
    const where = { workspace: job.workspace, isOn: true, ...(!isOff && { problem: null }) }
    const isFirst = (await em.nativeUpdate(WebhookEntity, where, fields)) > 0
    if (isFirst) await keep(em, job, { told: { isOff, reason: stored } })
  })
  if (job.draftId) core.events.changed(job.draftId)
}

async function keep(em: EntityManager, { jobId }: Job, change: Partial<Payload<'webhook'>>): Promise<void> {
  const row = await em.findOne(JobEntity, { jobId })
  // It was removed with its draft.
  if (!row) return
  const payload: PayloadInput<'webhook'> = { ...payloadOf('webhook', row), ...change }
  await em.nativeUpdate(JobEntity, { jobId }, { payload })
}
