interface Waiting {
  draftId: string | null
  priority: number
}

/**
 * The job to begin next: of the draft with the fewest jobs at work, of the draft that was served longest ago; among a draft's
 * own the one of the highest priority, and then the oldest. So a draft of a hundred segments does not hold up one of three.
 * @param waiting oldest first.
 * @param perDraft places that one draft may take.
 * @param served at which turn each draft last had a job begun; 0 for those that never had one.
 */
export function chooseNext<T extends Waiting>(
  waiting: readonly T[],
  working: readonly Waiting[],
  served: ReadonlyMap<string, number>,
  perDraft = Number.POSITIVE_INFINITY,
): T | undefined {
  const atWork = (job: Waiting) => working.filter(({ draftId }) => draftId === job.draftId).length
  const lastServed = (job: Waiting) => served.get(job.draftId ?? '') ?? 0
  return waiting
    .filter((job) => job.draftId === null || atWork(job) < perDraft)
    .toSorted((a, b) => atWork(a) - atWork(b) || lastServed(a) - lastServed(b) || b.priority - a.priority)[0]
}
