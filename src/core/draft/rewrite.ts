import type { Segment } from '../../db/entities/segment.ts'
import { ProviderError, UserError } from '../model/errors.ts'
import { LIMITS } from '../model/limits.ts'
import type { Usage } from '../model/usage.ts'
import { admitPaidCalls } from './admission.ts'
import { writersFor } from './budget.ts'
import type { Core } from './core.ts'
import { findSegment, loadDraft, requireEditable } from './load.ts'
import type { EditScope } from './scope.ts'
import { recordUsage } from './usage.ts'
import { requireLine, requireNarration } from './validate.ts'

/** Time limit for a script service, in milliseconds. */
const PATIENCE = 120_000

/**
 * Gets another text for a segment by an instruction such as “shorter”. Changes nothing.
 * @throws UserError if no script provider can do this or the person has made too many requests, ProviderError if it fails,
 * the TimeoutError of a signal if it takes too long.
 */
export async function rewriteText(
  core: Core,
  scope: EditScope,
  segmentId: number,
  typed: string,
): Promise<string> {
  return (await rewritten(core, scope, segmentId, typed)).text
}

/** True if a script service that can rewrite a text is set up. */
export function canRewrite({ providers }: Pick<Core, 'providers'>): boolean {
  return providers.script.some(({ rewrite }) => rewrite !== undefined)
}

/** Same, with the author and the original. */
export async function rewritten(
  core: Core,
  scope: EditScope,
  segmentId: number,
  typed: string,
): Promise<{ text: string; provider: string; before: Pick<Segment, 'text' | 'version'> }> {
  const instruction = requireLine('instruction', typed, LIMITS.note.text)
  const { draft, segments } = await loadDraft(core.db.fork(), scope.workspace, scope.draftId)
  requireEditable(draft)
  const before = findSegment(segments, segmentId)
  const { text } = before
  const provider = writersFor(core, scope.workspace).find(({ rewrite }) => rewrite !== undefined)
  if (!provider?.rewrite) throw new UserError('rewrite_not_configured')
  const calls = core.providers.script.some(({ expects, rewrite }) => rewrite && expects) ? 1 : 0
  await core.db.transaction((em) => admitPaidCalls(core, em, scope.actor, scope.workspace, calls))
  const request = { text, instruction, language: draft.language, title: draft.title }
  const record = async (usage: Usage[]) => {
    await recordUsage(core, draft.draftId, usage)
    core.events.changed(draft.draftId)
  }
  const answer = await provider
    .rewrite(request, AbortSignal.timeout(PATIENCE))
    .catch(async (error: unknown) => {
      if (error instanceof ProviderError) await record(error.usage)
      throw error
    })
  await record(answer.usage)
  return { text: requireNarration(answer.text), provider: provider.name, before }
}
