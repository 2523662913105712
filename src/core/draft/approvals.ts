import { type Approval, ApprovalEntity } from '../../db/entities/approval.ts'
import type { Draft } from '../../db/entities/draft.ts'
import { RevisionEntity } from '../../db/entities/revision.ts'
import type { EntityManager } from '../../db/types.ts'
import type { ApprovalsView } from '../model/read-models.ts'
import { type ApprovalRule, ruleOf } from './approval-rules.ts'
import type { Core } from './core.ts'
import { filmNumber, filmOf } from './film-of.ts'
import type { RenderableSegment } from './load.ts'

/** Milliseconds that a platform is given to say who is in a role. */
const PATIENCE = 3000

/** People whose approvals count as far as the role is concerned; null if no role is required. */
export type Members = ReadonlySet<string> | null

/**
 * Which of a draft's approvers have the role that its rule requires.
 * @throws Error if the platform doesn't answer in time; then nobody is known to have it.
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
 * Whether an approval counts towards those a render needs, if it is valid. If more than one is needed, those of the draft's
 * author don't count, because others should check it.
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

/** All approvals of a draft, newest first. */
export function approvalsOf(em: EntityManager, draftId: string): Promise<Approval[]> {
  return em.find(ApprovalEntity, { draftId }, { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })
}

/** What people are shown about the approvals of the current draft. */
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

/** Each person's valid approval, or else their newest. */
function newestOfEach(approvals: readonly Approval[], film: string | null): Approval[] {
  const byPerson = new Map<string, Approval>()
  for (const approval of approvals)
    if (!byPerson.has(approval.personId) || approval.film === film) byPerson.set(approval.personId, approval)
  return [...byPerson.values()]
}

/** The number of steps in the history since an approval that change the film. Steps that are no longer stored count, too. */
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
