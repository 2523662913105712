import type { Program } from '../../src/bot/program/compose.ts'
import { DraftEntity } from '../../src/db/entities/draft.ts'
import { JobEntity } from '../../src/db/entities/job.ts'
import type { FilePlatform } from './platform.ts'

/**
 * Lets the program finish its remaining work and clean up.
 * @returns what it still did after everything was done.
 */
export async function calmDown(program: Program, platform: FilePlatform): Promise<string[]> {
  const settle = async () => {
    await program.queue.idle()
    await program.threads.settled()
  }
  await settle()
  const cleanup = { kind: 'cleanup', key: 'cleanup', draftId: null, workspace: '', requester: null } as const
  await program.queue.enqueue(cleanup)
  await settle()
  const before = platform.accepted
  await program.threads.recover()
  await settle()
  return platform.acceptedSince(before, await placesWithoutClips(program))
}

/**
 * Threads of drafts with a clip or sound that failed after too many interruptions. Another draft with the same words may have
 * made the same clip since; the next look at their thread then shows that. (Clips themselves appear in the same way, which is why
 * edits that bring nothing else don't count.)
 */
async function placesWithoutClips(program: Program): Promise<Set<string | null>> {
  const em = program.core.db.fork()
  const kind = { $in: ['clip' as const, 'sound' as const] }
  const givenUp = await em.find(JobEntity, { kind, state: 'failed' }, { fields: ['draftId'] })
  const draftId = { $in: givenUp.flatMap(({ draftId }) => draftId ?? []) }
  const drafts = await em.find(DraftEntity, { draftId }, { fields: ['threadId'] })
  return new Set(drafts.map(({ threadId }) => threadId))
}
