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

/** Milliseconds after which a script service is not waited for any longer. */
const PATIENCE = 120_000

/**
 * Another text for a segment by an instruction such as “shorter”. Changes nothing.
 * @throws UserError when no script provider can or too much has been asked for, ProviderError when it fails, the TimeoutError
 * of a signal when it takes too long.
 */
export async function rewriteText(
  core: Core,
  scope: EditScope,
  segmentId: number,
  typed: string,
): Promise<string> {
  return (await rewritten(core, scope, segmentId, typed)).text
}

/** True where a script service is set up that can rewrite a text. */
export function canRewrite({ providers }: Pick<Core, 'providers'>): boolean {
  return providers.script.some(({ rewrite }) => rewrite !== undefined)
}

/** The same, with who wrote it and what it was made from. */
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
