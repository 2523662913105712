import { randomBytes, randomInt } from 'node:crypto'
import { z } from 'zod'
import { type Webhook, WebhookEntity } from '../../../db/entities/webhook.ts'
import type { EntityManager } from '../../../db/types.ts'
import { StaleEditError, UserError } from '../../model/errors.ts'
import type { Actor, Place } from '../../model/people.ts'
import type { Sealer } from '../../model/sealer.ts'
import type { WebhookTarget } from '../../model/webhooks.ts'
import { recordAct } from '../audit.ts'
import type { Core } from '../core.ts'

/** Bytes of a secret; the specification requires 24 to 64. */
const SECRET_BYTES = 32

/** A webhook set after another was removed must not have the version of a form that shows the old one. */
const FIRST_VERSIONS = 2 ** 30

/** What a workspace's managers are shown about its webhook. */
export interface WebhookView {
  /** Empty if there is none, or if it can no longer be decrypted. */
  url: string
  /** 0 if there is none. */
  version: number
  /** Why deliveries fail, as written by `storedFailure`. */
  problem: string | null
  /** Whether the operator's webhook is used if the workspace has none. */
  hasUsual: boolean
}

export interface WebhookChange {
  /** Empty for none. */
  url: string
  /** True to create a new secret. */
  renews: boolean
}

export type WebhookSaved =
  /** The new secret, which is shown only once. */
  { what: 'set'; secret: string } | { what: 'changed' } | { what: 'removed' } | { what: 'same' }

export async function webhookOf(core: Core, workspace: string): Promise<WebhookView> {
  const row = await core.db.fork().findOne(WebhookEntity, { workspace })
  const target = row && openTarget(core.sealer, row)
  return {
    url: target?.url ?? '',
    version: row?.version ?? 0,
    problem: row?.problem ?? null,
    hasUsual: core.webhooks.usual !== null,
  }
}

/**
 * Sets, changes or removes a workspace's webhook, and re-enables one that was turned off.
 * @param seenVersion the version the person saw.
 * @throws UserError for an address that isn't allowed; StaleEditError if someone else has changed it since.
 */
export async function saveWebhook(
  core: Core,
  { place, actor }: { place: Place; actor: Actor },
  { url: typed, renews }: WebhookChange,
  seenVersion: number,
): Promise<WebhookSaved> {
  const url = typed.trim()
  if (url !== '') core.webhooks.check(url)
  const { workspace } = place
  return core.db.transaction(async (em) => {
    const row = await em.findOne(WebhookEntity, { workspace })
    if ((row?.version ?? 0) !== seenVersion) throw new StaleEditError(row?.editedByName ?? '')
    const before = row && openTarget(core.sealer, row)
    const isNew = url !== '' && (!before || renews)
    if (!row && url === '') return { what: 'same' }
    if (row?.isOn && row.problem === null && before?.url === url && !isNew) return { what: 'same' }
    const now = core.clock()
    await recordAct(
      em,
      'webhook_set',
      { place, draftId: null, actor, now },
      { isSet: url !== '', renewed: isNew },
    )
    if (row && url === '') {
      await em.nativeDelete(WebhookEntity, { workspace })
      return { what: 'removed' }
    }
    const secret = isNew ? newSecret() : (before?.secret ?? newSecret())
    const target = JSON.stringify({ url, secret } satisfies WebhookTarget)
    const fields = {
      sealedTarget: core.sealer.seal(target, aboutOf(workspace)),
      ...{ version: row ? row.version + 1 : randomInt(1, FIRST_VERSIONS), problem: null, isOn: true },
      ...{ editedById: actor.id, editedByName: actor.name, updatedAt: now },
    }
    if (row) await em.nativeUpdate(WebhookEntity, { workspace }, fields)
    else await em.insert(WebhookEntity, { workspace, ...fields })
    return isNew ? { what: 'set', secret } : { what: 'changed' }
  })
}

export interface FoundTarget extends WebhookTarget {
  isOwn: boolean
}

/**
 * A workspace's webhook: its own, or else the operator's. Null if there is none.
 * @throws UserError `webhook_unreadable` if its own can't be decrypted.
 */
export async function targetOf(
  core: Pick<Core, 'sealer' | 'webhooks'>,
  em: EntityManager,
  workspace: string,
): Promise<FoundTarget | null> {
  const row = await em.findOne(WebhookEntity, { workspace })
  if (!row) {
    const { usual } = core.webhooks
    return usual && { ...usual, isOwn: false }
  }
  if (!row.isOn) return null
  const target = openTarget(core.sealer, row)
  if (!target) throw new UserError('webhook_unreadable')
  return { ...target, isOwn: true }
}

const Target = z.object({ url: z.string(), secret: z.string() })

function openTarget(sealer: Sealer, { workspace, sealedTarget }: Webhook): WebhookTarget | null {
  const opened = sealer.open(sealedTarget, aboutOf(workspace))
  return opened === null ? null : Target.parse(JSON.parse(opened))
}

/** Copied to another workspace's row, it is useless. */
function aboutOf(workspace: string): string {
  return JSON.stringify(['webhook', workspace])
}

function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}
