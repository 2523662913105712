import { Fading } from '../core/model/fading.ts'

/** The fields of a job that decide whose turn it is. */
export interface Turn {
  workspace: string
  /** Null for work that no person requested. */
  requesterId: string | null
  draftId: string | null
}

interface Waiting extends Turn {
  priority: number
}

/** Slots of a lane that one draft or person may take, so that some stay free for others who arrive later. */
export interface Caps {
  perDraft?: number | undefined
  perPerson?: number | undefined
}

/** How many jobs of each workspace, person and draft started recently, for one lane. */
export class Lately extends Fading {
  beganJob(job: Turn): void {
    this.begun(...LEVELS.map((keyOf) => keyOf(job)))
  }
}

/** What takes turns: workspaces, then the people of a workspace, then a person's drafts. */
const LEVELS = [
  ({ workspace }: Turn) => JSON.stringify([workspace]),
  ({ workspace, requesterId }: Turn) => JSON.stringify([workspace, requesterId]),
  ({ workspace, requesterId, draftId }: Turn) => JSON.stringify([workspace, requesterId, draftId]),
]

/**
 * Picks the job to start next: from the workspace with the fewest running and recent jobs, within it from such a person,
 * and among their drafts from such a draft. Within the draft, the highest priority wins, then the oldest. So neither a
 * draft of a hundred segments nor a person with forty drafts holds up those who ask for little.
 * @param waiting oldest first; one job per person and draft is enough.
 */
export function chooseNext<T extends Waiting>(
  waiting: readonly T[],
  working: readonly Turn[],
  lately: Pick<Lately, 'had'>,
  { perDraft = Number.POSITIVE_INFINITY, perPerson = Number.POSITIVE_INFINITY }: Caps = {},
): T | undefined {
  const ofDraft = countBy(working, ({ draftId }) => draftId)
  const ofPerson = countBy(working, ({ requesterId }) => requesterId)
  let left = waiting.filter(
    ({ draftId, requesterId }) =>
      (draftId === null || (ofDraft.get(draftId) ?? 0) < perDraft) &&
      (requesterId === null || (ofPerson.get(requesterId) ?? 0) < perPerson),
  )
  for (const keyOf of LEVELS) {
    const atWork = countBy(working, keyOf)
    const share = (job: T) => (atWork.get(keyOf(job)) ?? 0) + lately.had(keyOf(job))
    const shares = left.map(share)
    const least = shares.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
    left = left.filter((_job, index) => shares[index] === least)
  }
  return left.toSorted((a, b) => b.priority - a.priority)[0]
}

function countBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}
