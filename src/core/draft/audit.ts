import type { FilterQuery } from '@mikro-orm/core'
import type { Database } from '../../db/database.ts'
import { type Audit, AuditEntity } from '../../db/entities/audit.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Actor, Place } from '../model/people.ts'

/**
 * The acts in the audit trail with their data: ids and numbers, never texts of a draft. New acts are added here.
 */
interface Acts {
  created: { job: string; segments: number }
  deleted: { revision: number; keptFiles: boolean }
  /** Removed because nobody had touched it for this long. */
  expired: { revision: number; untouchedDays: number }
  /** Withdrawn by the program, because its thread could not be opened. */
  abandoned: { revision: number }
  undone: { from: number; to: number }
  redone: { from: number; to: number }
  /** `restored` is the revision that was restored as the newest one, `to`. */
  restored: { from: number; to: number; restored: number }
  render_asked: { job: string; segments: number; plannedSeconds: number }
  rendered: { job: string; seconds: number }
  /** A render, the writing of a script, or the preparation of assets. */
  cancelled: { job: string; kind: string }
  reopened: { revision: number }
  /** A workspace's pronunciations. */
  pronunciations_set: { entries: number; changed: number }
  /** A channel on a video platform, by its row. */
  account_linked: { account: number }
  account_unlinked: { account: number; revoked: boolean }
  account_default: { account: number }
  upload_asked: { job: string; account: number; privacy: string }
  uploaded: { job: string; video: string; privacy: string }
  /** The details and visibility of an uploaded video. */
  upload_changed: { job: string; video: string; privacy: string }
  /** A film of the draft, by its revision. `withdrawn`: all approvals of this person. */
  approved: { revision: number }
  withdrawn: { revision: number }
  /** How many approvals a render needs; without a draft, the workspace's rule. */
  approvals_set: { from: number; to: number; role: string }
  note_added: { note: number; segment: number }
  note_resolved: { note: number; segment: number }
  note_reopened: { note: number; segment: number }
  note_deleted: { note: number; segment: number }
  /** Another text was requested from a script service. */
  proposed: { proposal: number; segment: number }
  proposal_accepted: { proposal: number; segment: number }
  proposal_dismissed: { proposal: number; segment: number }
  /** A workspace's brand. */
  preset_set: { hasLogo: boolean; hasCallToAction: boolean }
  /** An API token, by its row. */
  token_created: { token: number; scopes: string }
  token_revoked: { token: number }
  /** The workspace's webhook; its address isn't recorded. */
  webhook_set: { isSet: boolean; renewed: boolean }
  /** A person's data was erased by the operator. */
  erased: { drafts: number; rows: number }
}

/** Where it was done, to which draft, and by whom; null for the program itself. */
export interface Circumstances {
  place: Place
  draftId: string | null
  actor: Actor | null
  now: Date
}

/** Records an act in the transaction that performs it, so that each has exactly one row. */
export async function recordAct<A extends keyof Acts>(
  em: EntityManager,
  act: A,
  { place, draftId, actor, now }: Circumstances,
  facts: Acts[A],
): Promise<void> {
  const { surface, workspace, channelId, threadId } = place
  await em.insert(AuditEntity, {
    ...{ surface, workspace, channelId, threadId, draftId, act },
    ...{ actorId: actor?.id ?? null, actorName: actor?.name ?? null },
    facts: { ...facts },
    createdAt: now,
  })
}

export interface AuditQuery {
  draftId?: string | undefined
  person?: FilterQuery<Audit> | undefined
  since?: Date | undefined
  /** How many of the newest. */
  limit: number
}

/** The recorded acts, oldest first. */
export async function auditTrail(
  db: Database,
  { draftId, person, since, limit }: AuditQuery,
): Promise<Audit[]> {
  const where: FilterQuery<Audit> = {
    ...(draftId !== undefined && { draftId }),
    ...(since !== undefined && { createdAt: { $gte: since } }),
    $and: [person ?? {}],
  }
  const newest = await db
    .fork()
    .find(AuditEntity, where, { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], limit })
  return newest.reverse()
}

/** Removes acts older than the retention period. @returns how many. */
export async function removeOldActs(db: Database, before: Date, { dryRun = false } = {}): Promise<number> {
  const old = { createdAt: { $lte: before } }
  return dryRun ? db.fork().count(AuditEntity, old) : db.fork().nativeDelete(AuditEntity, old)
}
