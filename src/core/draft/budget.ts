import { SpendingEntity } from '../../db/entities/spending.ts'
import type { EntityManager } from '../../db/types.ts'
import { ProviderError, UserError } from '../model/errors.ts'
import { cancelledBy } from '../model/failure.ts'
import { utcMinute } from '../model/moment.ts'
import type { ScriptProvider, VoiceProvider } from '../model/providers.ts'
import type { Usage } from '../model/usage.ts'
import { chargeFor } from '../providers/prices.ts'
import { whatFrees } from './admission.ts'
import type { Core } from './core.ts'

const DAY = 86_400_000
/** A tolerance in US dollars, so that rounding doesn't reject an exact fit. */
const ROUNDING = 1e-9

/** The script providers, with paid calls charged to a workspace. They also throw UserError `budget_spent`. */
export function writersFor(core: Core, workspace: string): ScriptProvider[] {
  return core.providers.script.map((provider): ScriptProvider => {
    const { name, languages, rewrite } = provider
    return {
      name,
      ...(languages && { languages }),
      write: (request, signal) =>
        charged(core, workspace, provider.expects?.(request), signal, () => provider.write(request, signal)),
      ...(rewrite && {
        rewrite: (request, signal) =>
          charged(core, workspace, provider.expects?.(request), signal, () =>
            rewrite.call(provider, request, signal),
          ),
      }),
    }
  })
}

/** The voice providers, with paid calls charged to a workspace. They also throw UserError `budget_spent`. */
export function voicesFor(core: Core, workspace: string): VoiceProvider[] {
  return core.providers.voice.map((provider) => ({
    name: provider.name,
    fingerprint: provider.fingerprint,
    pace: (language) => provider.pace(language),
    speak: (request, file, signal) =>
      charged(core, workspace, provider.expects?.(request), signal, () =>
        provider.speak(request, file, signal),
      ),
  }))
}

/** Why a provider was skipped in favour of the next one. */
export type Reason = ProviderError | UserError<'budget_spent'>

/** True for errors that the next provider can compensate for. @param signal the caller's. */
export function isReason(signal: AbortSignal, error: unknown): error is Reason {
  if (cancelledBy(signal, error)) return false
  return error instanceof ProviderError || (error instanceof UserError && error.code === 'budget_spent')
}

/**
 * Runs a call if the budgets allow its expected cost, which counts while it is running, so that concurrent calls don't
 * overshoot; afterwards its actual cost counts. A failed call counts with the usage in its error. A cancelled call, or one
 * that was running when the program died, may be billed, so its expected cost stays.
 */
async function charged<T extends { usage: Usage[] }>(
  core: Core,
  workspace: string,
  expected: Usage[] | undefined,
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T> {
  if (expected === undefined) return call()
  signal.throwIfAborted()
  const id = await reserve(core, workspace, chargeFor(expected))
  try {
    const result = await call()
    // Some servers don't report usage.
    if (result.usage.length > 0) await settle(core, id, result.usage)
    return result
  } catch (error) {
    if (error instanceof ProviderError && !signal.aborted) await settle(core, id, error.usage)
    throw error
  }
}

/** @throws UserError `budget_spent`. */
async function reserve(core: Core, workspace: string, usd: number): Promise<number> {
  const now = core.clock().getTime()
  return core.db.transaction(async (em) => {
    for (const whose of ['bot', 'workspace'] as const) {
      const max = core.budgets[whose]
      if (max === null) continue
      const where = whose === 'bot' ? {} : { workspace }
      const since = new Date(now - DAY)
      if ((await spentSince(em, since, whose === 'bot' ? null : workspace)) + usd <= max + ROUNDING) continue
      const rows = await em.find(
        SpendingEntity,
        { ...where, createdAt: { $gt: since } },
        { orderBy: { createdAt: 'asc' } },
      )
      const freeing = whatFrees(rows, (row) => row.usd, max - usd + ROUNDING)
      const again = freeing ? utcMinute(freeing.createdAt.getTime() + DAY) : null
      throw new UserError('budget_spent', { usd: max, whose, again })
    }
    return em.insert(SpendingEntity, { workspace, usd, createdAt: new Date(now) })
  })
}

async function spentSince(em: EntityManager, since: Date, workspace: string | null): Promise<number> {
  const [row] = await em.execute<{ usd: number | null }[]>(
    `select sum(usd) as usd from spending where created_at > ?${workspace === null ? '' : ' and workspace = ?'}`,
    [since.getTime(), ...(workspace === null ? [] : [workspace])],
    'all',
  )
  return row?.usd ?? 0
}

/** The call's result is there and must not be lost because of this; the expected cost stays then. */
async function settle(core: Core, id: number, usage: Usage[]): Promise<void> {
  const usd = chargeFor(usage)
  await core.db
    .fork()
    .nativeUpdate(SpendingEntity, { id }, { usd })
    .catch((error: unknown) => core.log.warn({ err: error }, 'the cost of a request could not be saved'))
}
