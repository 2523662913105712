import { z } from 'zod'
import { DraftEntity } from '../../db/entities/draft.ts'
import { JobEntity } from '../../db/entities/job.ts'
import { filmOf } from '../model/film-files.ts'
import type { Sealer } from '../model/sealer.ts'
import type { Core } from './core.ts'

/** Days for which a file's address is valid: services that take over videos fetch them within hours. */
const DAYS = 7
const DAY = 24 * 3_600_000
const ABOUT = 'file link'

const Linked = z.tuple([z.string(), z.string(), z.number()])

/** A token in an address that gives access to one file of a finished film, and nothing else, for seven days. */
export function fileWord(sealer: Sealer, now: Date, draftId: string, file: string): string {
  return sealer.seal(JSON.stringify([draftId, file, now.getTime() + DAYS * DAY]), ABOUT)
}

/** @returns the file in the store; null for a token that is invalid or expired, or whose draft or film is gone. */
export async function fileOfWord(core: Core, word: string): Promise<string | null> {
  const sealed = core.sealer.open(word, ABOUT)
  if (sealed === null) return null
  const [draftId, file, until] = Linked.parse(JSON.parse(sealed))
  if (until < core.clock().getTime()) return null
  const em = core.db.fork()
  // A film may outlive its draft for a while, but is no longer shared.
  if (!(await em.findOne(DraftEntity, { draftId }, { fields: ['draftId'] }))) return null
  const film = await em.findOne(JobEntity, { draftId, outputVideoPath: filmOf(file) })
  return film ? file : null
}
