import type { Draft } from '../../db/entities/draft.ts'
import { RevisionEntity } from '../../db/entities/revision.ts'
import type { EntityManager } from '../../db/types.ts'
import { UserError } from '../model/errors.ts'
import { ruleOf } from './approval-rules.ts'
import { approvalsOf, counts, type Members, membersAmong } from './approvals.ts'
import { isComplete } from './completeness.ts'
import type { Core } from './core.ts'
import { filmOf } from './film-of.ts'
import { loadRenderable } from './load.ts'
import { isFetchingPick } from './picks.ts'
import type { EditScope } from './scope.ts'

/** Maximum number of people named who haven't approved. */
const NAMED = 5
/** Steps in the history searched for people who may not have approved, because a platform is asked about each of them. */
const LATELY = 10

/** What a platform has said about the members of a role. */
interface Looked {
  roleId: string | null
  /** Null if unknown. */
  members: Members | 'unknown'
}

/** Looks up which of a draft's people have the required role. Call it before a transaction, because a platform may be slow. */
export async function whoCounts(core: Core, { workspace, draftId }: EditScope): Promise<Looked> {
  const em = core.db.fork()
  const rule = await ruleOf(em, { workspace, draftId })
  if (rule.needed === 0 || rule.role === null) return { roleId: null, members: null }
  const people = (await peopleOf(em, draftId)).map(({ id }) => id)
  const members = await membersAmong(core, workspace, rule, people).catch((err: unknown) => {
    core.log.warn({ draft: draftId, err }, 'could not look up who is in a role')
    return 'unknown' as const
  })
  return { roleId: rule.role.id, members }
}

/**
 * Ensures that the film to be rendered has enough approvals. Those of an earlier film, and of people whose role is unknown,
 * don't count.
 * @param settings the changes that the render would make first.
 * @returns the approved film, which has to be the one rendered; null if no approval is needed.
 * @throws UserError `approvals_missing`, `approvals_unknown`, `footage_coming`, `not_to_be_approved`.
 */
export async function requireApproved(
  em: EntityManager,
  draft: Draft,
  settings: Partial<Draft>,
  looked: Looked,
): Promise<string | null> {
  const { draftId } = draft
  const rule = await ruleOf(em, draft)
  if (rule.needed === 0) return null
  const role = rule.role?.name ?? ''
  // Another role may have been set in the meantime.
  const isKnown = looked.members !== 'unknown' && looked.roleId === (rule.role?.id ?? null)
  if (looked.members === 'unknown' || !isKnown) throw new UserError('approvals_unknown', { role })
  const { members } = looked
  // Nobody can have approved the result.
  if (await isFetchingPick(em, draftId)) throw new UserError('footage_coming')
  const segments = await loadRenderable(em, draftId)
  const film = filmOf({ ...draft, ...settings }, segments)
  if (film === null) {
    const missing = segments.filter((segment) => !isComplete(segment))
    const places = missing.map(({ segmentIndex }) => segmentIndex + 1).join(', ')
    throw new UserError('not_to_be_approved', { segments: places })
  }
  const standing = (await approvalsOf(em, draftId))
    .filter((approval) => approval.film === film && counts(approval, draft, rule, members))
    .map(({ personId }) => personId)
  if (standing.length >= rule.needed) return film
  const others = (await peopleOf(em, draftId)).filter(
    ({ id }) => !standing.includes(id) && counts({ personId: id }, draft, rule, members),
  )
  const names = others.map(({ name }) => name).filter((name) => name !== '')
  const people = `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ' …' : ''}`
  throw new UserError('approvals_missing', { needed: rule.needed, standing: standing.length, role, people })
}

/** The people involved in a draft: those who ever approved it, or changed it recently. */
async function peopleOf(em: EntityManager, draftId: string): Promise<{ id: string; name: string }[]> {
  const fields = ['actorId', 'actorName'] as const
  const newest = { orderBy: { number: 'desc' }, limit: LATELY } as const
  const revisions = await em.find(RevisionEntity, { draftId }, { fields, ...newest })
  const approvals = await approvalsOf(em, draftId)
  const all = [
    ...approvals.map(({ personId: id, personName: name }) => ({ id, name })),
    ...revisions.map(({ actorId: id, actorName: name }) => ({ id, name })),
  ].filter(({ id }) => id !== '')
  return [...new Map(all.toReversed().map((person) => [person.id, person])).values()].toReversed()
}
