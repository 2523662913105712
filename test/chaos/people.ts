import { setTimeout } from 'node:timers/promises'
import type { Program } from '../../src/bot/compose.ts'
import type { Place } from '../../src/core/core.ts'
import { requestDraft } from '../../src/core/draft/create.ts'
import type { EditScope } from '../../src/core/draft/edit.ts'
import { editSegment } from '../../src/core/draft/edit-segment.ts'
import { cancelRender, finalizeDraft, reopenDraft } from '../../src/core/draft/finalize.ts'
import { undo } from '../../src/core/draft/history.ts'
import { listDrafts } from '../../src/core/draft/list.ts'
import { getDraft } from '../../src/core/draft/load.ts'
import { deleteDraft } from '../../src/core/draft/remove.ts'
import { UserError } from '../../src/core/errors.ts'

const PLACE: Place = { surface: 'chaos', workspace: 'chaos:1', channelId: 'channel', threadId: null }
const ANN = { id: 'ann', name: 'Ann' }
/** Drafts that there are at a time. */
const DRAFTS = 3

/** People who never stop: they start drafts, edit, undo, render, cancel, reopen and delete, until the process ends. */
export async function actForEver({ core }: Program): Promise<never> {
  for (;;) {
    await setTimeout(Math.random() * 250)
    try {
      await act(core)
    } catch (error) {
      // Somebody was faster, or it renders: people are told so and go on.
      if (!(error instanceof UserError)) throw error
    }
  }
}

async function act(core: Program['core']): Promise<void> {
  const { drafts } = await listDrafts(core, { workspace: PLACE.workspace, limit: 20 })
  const draft = drafts[Math.floor(Math.random() * drafts.length)]
  if (!draft || (drafts.length < DRAFTS && Math.random() < 0.3)) {
    await requestDraft(core, { topic: `Topic ${Math.random()}`, format: 'square' }, ANN, PLACE)
    return
  }
  const scope: EditScope = { workspace: PLACE.workspace, draftId: draft.draftId, actor: ANN }
  const chance = Math.random()
  if (chance < 0.03) await deleteDraft(core, scope)
  else if (draft.status === 'converting') await (chance < 0.15 ? cancelRender(core, scope) : undefined)
  else if (draft.status === 'finalized') await (chance < 0.3 ? reopenDraft(core, scope) : undefined)
  else if (chance < 0.5) await finalizeDraft(core, scope)
  else if (chance < 0.6) await undo(core, scope)
  else await edit(core, scope)
}

async function edit(core: Program['core'], scope: EditScope): Promise<void> {
  const { segments } = await getDraft(core, scope.workspace, scope.draftId)
  const segment = segments[Math.floor(Math.random() * segments.length)]
  if (!segment) return
  const words = Array.from({ length: 1 + Math.floor(Math.random() * 4) }, () => 'word').join(' ')
  const change = Math.random() < 0.6 ? { text: `So ${words}.` } : { searchQuery: `query ${words}` }
  await editSegment(core, scope, { segmentId: segment.id, change })
}
