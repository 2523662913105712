import { DraftEntity, type UsageRecord } from '../../db/entities/draft.ts'
import type { Core } from './core.ts'

/** Adds a call's consumption to the draft's usage, one entry per provider and model. */
export async function recordUsage(core: Core, draftId: string, usage: UsageRecord[]): Promise<void> {
  if (usage.length === 0) return
  await core.db.transaction(async (em) => {
    const draft = await em.findOne(DraftEntity, { draftId })
    if (!draft) return
    // Not an edit, so the draft's version must not change: a native update.
    await em.nativeUpdate(DraftEntity, { draftId }, { usage: usage.reduce(addUsage, draft.usage) })
  })
}

const COUNTS = ['inputTokens', 'outputTokens', 'characters', 'seconds'] as const

/** Pure: the usage with one more call added. */
export function addUsage(account: UsageRecord[], call: UsageRecord): UsageRecord[] {
  const index = account.findIndex(({ provider, model }) => provider === call.provider && model === call.model)
  const before = account[index]
  if (!before) return [...account, call]
  const sum: UsageRecord = { provider: call.provider, model: call.model }
  for (const count of COUNTS) {
    const total = (before[count] ?? 0) + (call[count] ?? 0)
    if (total > 0) sum[count] = total
  }
  return account.with(index, sum)
}
