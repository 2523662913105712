import { newestJob } from '../../db/queries/jobs.ts'
import type { Core } from './core.ts'

/** A draft's latest finished video, by its name in the store, from which it may be gone; null if there is none. */
export async function renderedVideo({ db }: Pick<Core, 'db'>, draftId: string): Promise<string | null> {
  const done = { draftId, kind: 'finalize', state: 'done', outputVideoPath: { $ne: null } } as const
  return (await newestJob(db.fork(), done))?.outputVideoPath ?? null
}
