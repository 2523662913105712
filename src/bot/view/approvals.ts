import type { ApprovalsView, ApprovalView } from '../../core/model/read-models.ts'
import type { Words } from '../words/index.ts'
import { shorten } from './shorten.ts'

/** The maximum number of people named, each for valid and for outdated approvals. */
const NAMED = 4
/** Characters of a name. */
const LONGEST = 40

/** The lines of a card about its draft's approvals; none if nobody has approved it and nobody has to. */
export function approvalLines({ needed, roleName, by, standing }: ApprovalsView, words: Words): string[] {
  const { approvals } = words
  const stand = by.filter(({ changesSince }) => changesSince === 0)
  const outdated = by.filter(({ changesSince }) => changesSince > 0)
  const nameOf = ({ name }: ApprovalView) => approvals.name(shorten(name, LONGEST))
  const names = stand.slice(0, NAMED).map(nameOf).join(', ')
  return [
    ...(stand.length > 0 ? [approvals.by(names, Math.max(0, stand.length - NAMED))] : []),
    ...outdated.slice(0, NAMED).map((each) => approvals.outdated(nameOf(each), each.changesSince)),
    ...(needed > 0 && standing < needed ? [approvals.needed(standing, needed, roleName)] : []),
  ]
}
