import { newestJob } from '../../db/queries/jobs.ts'
import { admitPaidCalls } from './admission.ts'
import type { Core } from './core.ts'
import { loadDraft, requireEditable } from './load.ts'
import { payloadOf } from './payloads.ts'
import type { EditScope } from './scope.ts'
import { callsOfScript } from './write-script.ts'

/**
 * Requests a draft's script again, if an outline is standing in for it because the script service failed.
 * Does nothing if there is a script by now.
 * @throws UserError if the draft can't be changed, or if the person has made too many requests.
 */
export async function requestScriptAgain(core: Core, scope: EditScope): Promise<void> {
  const { workspace, draftId, actor } = scope
  await core.db.transaction(async (em) => {
    const { draft } = await loadDraft(em, workspace, draftId)
    requireEditable(draft)
    const first = await newestJob(em, { draftId, kind: 'create' })
    // If two people press the button, the second finds it waiting or running.
    if (!isStandIn(draft) || !first || first.state === 'queued' || first.state === 'running') return
    const payload = { ...payloadOf('create', first), actor, again: true }
    await admitPaidCalls(core, em, actor, workspace, callsOfScript(core, payload.request))
    await core.jobs.enqueue(
      {
        ...{ kind: 'create', key: `create:${draftId}`, draftId, workspace, requester: actor, payload },
        priority: 2,
      },
      em,
    )
  })
  core.events.changed(draftId)
}

/** True for an outline that was written because the script service failed. */
export function isStandIn(draft: { isOutline: boolean; notice: string | null }): boolean {
  return draft.isOutline && draft.notice !== null
}
