import { type Approval, ApprovalEntity } from '../../db/entities/approval.ts'
import type { Draft } from '../../db/entities/draft.ts'
import { RevisionEntity } from '../../db/entities/revision.ts'
import type { EntityManager } from '../../db/types.ts'
import type { ApprovalsView } from '../model/read-models.ts'
import { type ApprovalRule, ruleOf } from './approval-rules.ts'
import type { Core } from './core.ts'
import { filmNumber, filmOf } from './film-of.ts'
import type { RenderableSegment } from './load.ts'

/** Milliseconds that a platform gets to say who is in a role. */
const PATIENCE = 3000

/** People whose approvals count as far as a role is concerned; null where no role is asked for. */
export type Members = ReadonlySet<string> | null

/**
 * Who of those that have approved a draft is in the role that its rule names.
 * @throws Error when the platform does not say so in time: then nobody is known to be in it.
 */
export async function membersAmong(
  { reviewers }: Pick<Core, 'reviewers'>,
  workspace: string,
  { role }: ApprovalRule,
  people: readonly string[],
): Promise<Members> {
  if (role === null) return null
  if (people.length === 0) return new Set()
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('looking up who is in a role took too long')), PATIENCE)
  return Promise.race([reviewers.among(workspace, role.id, people), late]).finally(() => clearTimeout(timer))
}

/**
 * Whether an approval is one of those that a render needs, if it stands. Where more than one is needed, those of the draft's
 * author do not count: they are to be of others.
 */
export function counts(
  { personId }: Pick<Approval, 'personId'>,
  { authorId }: Pick<Draft, 'authorId'>,
  { needed }: ApprovalRule,
  members: Members,
): boolean {
  if (needed > 1 && personId === authorId) return false
  return members === null || members.has(personId)
}

/** All approvals of a draft, the newest first. */
export function approvalsOf(em: EntityManager, draftId: string): Promise<Approval[]> {
  return em.find(ApprovalEntity, { draftId }, { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })
}

/** What people are shown of the approvals of a draft as it is now. */
export async function approvalsShown(
  core: Pick<Core, 'reviewers' | 'log'>,
  em: EntityManager,
  draft: Draft,
  segments: readonly RenderableSegment[],
): Promise<ApprovalsView> {
  const film = filmOf(draft, segments)
  const rule = await ruleOf(em, draft)
  const newest = newestOfEach(await approvalsOf(em, draft.draftId), film)
  const standing = newest.filter((approval) => approval.film === film)
  const people = standing.map(({ personId }) => personId)
  const members = await membersAmong(core, draft.workspace, rule, people).catch((err: unknown): Members => {
    core.log.warn({ draft: draft.draftId, err }, 'could not look up who is in a role')
    return new Set()
  })
  const by = await Promise.all(
    newest.map(async (approval) => ({
      name: approval.personName,
      at: approval.createdAt,
      changesSince: approval.film === film ? 0 : Math.max(1, await changesSince(em, draft, approval)),
      counts: counts(approval, draft, rule, members),
    })),
  )
  return {
    needed: rule.needed,
    roleName: rule.role?.name ?? null,
    by,
    standing: by.filter((approval) => approval.changesSince === 0 && approval.counts).length,
    film: filmNumber(film),
  }
}

/** Of each person the approval that stands, or else the newest. */
function newestOfEach(approvals: readonly Approval[], film: string | null): Approval[] {
  const byPerson = new Map<string, Approval>()
  for (const approval of approvals)
    if (!byPerson.has(approval.personId) || approval.film === film) byPerson.set(approval.personId, approval)
  return [...byPerson.values()]
}

/** Steps of the history between an approval and now that shape the film. Those that are no longer kept count as such. */
async function changesSince(
  em: EntityManager,
  { draftId, revision: now }: Draft,
  { revision: then, changesBefore }: Approval,
): Promise<number> {
  const [from, to] = then < now ? [then, now] : [now, then]
  const others = await em.count(RevisionEntity, {
    draftId,
    number: { $gt: from, $lte: to },
    shapesFilm: false,
  })
  return changesBefore + to - from - others
}
