import type { FilterQuery } from '@mikro-orm/core'
import type { Database } from '../../db/database.ts'
import { type Audit, AuditEntity } from '../../db/entities/audit.ts'
import type { EntityManager } from '../../db/types.ts'
import type { Actor, Place } from '../model/people.ts'

/**
 * What the audit trail tells of, each act with its facts: ids and numbers, never words of a draft. An act that is new
 * (approved, uploaded, …) is added here.
 */
interface Acts {
  created: { job: string; segments: number }
  deleted: { revision: number; keptFiles: boolean }
  /** Removed because nobody had touched it for so long. */
  expired: { revision: number; untouchedDays: number }
  /** Taken back by the program, since its thread could not be opened. */
  abandoned: { revision: number }
  undone: { from: number; to: number }
  redone: { from: number; to: number }
  /** `restored` is the revision that came back as the newest one, `to`. */
  restored: { from: number; to: number; restored: number }
  render_asked: { job: string; segments: number; plannedSeconds: number }
  rendered: { job: string; seconds: number }
  /** A render, the writing of a script or the collecting of assets. */
  cancelled: { job: string; kind: string }
  reopened: { revision: number }
  /** What a workspace wants said in its own way. */
  pronunciations_set: { entries: number; changed: number }
  /** A channel of a video platform, by its row. */
  account_linked: { account: number }
  account_unlinked: { account: number; revoked: boolean }
  account_default: { account: number }
  upload_asked: { job: string; account: number; privacy: string }
  uploaded: { job: string; video: string; privacy: string }
  /** What is said of a video that is on a platform, and who may see it. */
  upload_changed: { job: string; video: string; privacy: string }
  /** A film of the draft, by the revision that it was at. `withdrawn`: all approvals of this person. */
  approved: { revision: number }
  withdrawn: { revision: number }
  /** How many approvals a render needs; of the workspace where no draft is named. */
  approvals_set: { from: number; to: number; role: string }
  note_added: { note: number; segment: number }
  note_resolved: { note: number; segment: number }
  note_reopened: { note: number; segment: number }
  note_deleted: { note: number; segment: number }
  /** A script service was asked for another text. */
  proposed: { proposal: number; segment: number }
  proposal_accepted: { proposal: number; segment: number }
  proposal_dismissed: { proposal: number; segment: number }
  /** The brand of a workspace. */
  preset_set: { hasLogo: boolean; hasCallToAction: boolean }
  /** A token of the API, by its row. */
  token_created: { token: number; scopes: string }
  token_revoked: { token: number }
  /** Where the workspace wants to be told of finished films; what is called there is not written down. */
  webhook_set: { isSet: boolean; renewed: boolean }
  /** What is kept of a person was removed by the operator. */
  erased: { drafts: number; rows: number }
}

/** Where it was done, to which draft, by whom; null for the program itself. */
export interface Circumstances {
  place: Place
  draftId: string | null
  actor: Actor | null
  now: Date
}

/** Writes an act down in the transaction that does it, so that none is without its row and none has two. */
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
  /** The newest so many. */
  limit: number
}

/** What was done, oldest first. */
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

/** Removes acts that are older than the trail is kept. @returns how many. */
export async function removeOldActs(db: Database, before: Date, { dryRun = false } = {}): Promise<number> {
  const old = { createdAt: { $lte: before } }
  return dryRun ? db.fork().count(AuditEntity, old) : db.fork().nativeDelete(AuditEntity, old)
}
