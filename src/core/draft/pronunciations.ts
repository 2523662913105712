import { PronunciationsEntity } from '../../db/entities/pronunciations.ts'
import type { EntityManager } from '../../db/types.ts'
import { isConcerned, type Pronunciation } from '../media/voice/spoken/pronunciation.ts'
import { StaleEditError, UserError } from '../model/errors.ts'
import { LIMITS } from '../model/limits.ts'
import type { Actor, Place } from '../model/people.ts'
import { recordAct } from './audit.ts'
import type { Core } from './core.ts'
import { editDraft } from './edit.ts'
import { markEdited } from './edit-segment.ts'
import { STALE_VOICE } from './follow-text.ts'
import type { EditScope } from './scope.ts'
import { cleanText, requireLine } from './validate.ts'

export interface PronunciationList {
  entries: Pronunciation[]
  /** 0 if it hasn't been set yet. */
  version: number
}

/** A workspace's pronunciations. */
export async function pronunciationsOf(core: Core, workspace: string): Promise<PronunciationList> {
  return load(core.db.fork(), workspace)
}

/**
 * Replaces a workspace's list.
 * @param seenVersion the version the person saw; undefined to overwrite the current one.
 * @returns what is pronounced differently from now on: entries that were added, changed or removed.
 * @throws StaleEditError if someone else has changed it since; UserError for a list that is too long.
 */
export async function savePronunciations(
  core: Core,
  { place, actor }: { place: Place; actor: Actor },
  entries: Pronunciation[],
  seenVersion?: number,
): Promise<Pronunciation[]> {
  const wanted = cleanList(entries)
  const { workspace } = place
  return core.turns.take(`pronunciations ${workspace}`, () =>
    core.db.transaction(async (em) => {
      const before = await load(em, workspace)
      const changed = differences(before.entries, wanted)
      if (changed.length === 0) return []
      if (seenVersion !== undefined && before.version !== seenVersion)
        throw new StaleEditError(before.editedByName)
      const now = core.clock()
      const fields = {
        entries: wanted,
        version: before.version + 1,
        ...{ editedById: actor.id, editedByName: actor.name, updatedAt: now },
      }
      if (before.version === 0) await em.insert(PronunciationsEntity, { workspace, ...fields })
      else await em.nativeUpdate(PronunciationsEntity, { workspace }, fields)
      const facts = { entries: wanted.length, changed: changed.length }
      await recordAct(em, 'pronunciations_set', { place, draftId: null, actor, now }, facts)
      return changed
    }),
  )
}

/**
 * Re-records a draft's segments in which something is now pronounced differently.
 * @returns how many. @throws UserError like every edit.
 */
export async function revoiceConcerned(
  core: Core,
  scope: EditScope,
  changed: readonly Pronunciation[],
): Promise<number> {
  let count = 0
  await editDraft(core, scope, ({ segments, nextVersion, now }) => {
    const concerned = segments.filter(({ text }) => isConcerned(text, changed))
    count = concerned.length
    if (count === 0) return null
    for (const segment of concerned) {
      // A running recording with the old list belongs to the previous take.
      Object.assign(segment, STALE_VOICE, { voiceTake: segment.voiceTake + 1 })
      markEdited(segment, scope, nextVersion, now)
    }
    return { action: { code: 'pronunciation_changed' }, segments }
  })
  return count
}

/** Parses a list as people type it: `written = spoken`, one per line. @throws UserError for a line without both. */
export function readPronunciations(typed: string): Pronunciation[] {
  const text = cleanText('pronunciations', typed, LIMITS.pronunciations.text)
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, written = '', spoken = ''] = /^\s*(.*?)\s*(?:=|→|->|＝)\s*(.*?)\s*$/u.exec(line) ?? []
      if (written === '' || spoken === '')
        throw new UserError('pronunciation_line', { field: 'pronunciations', line: line.trim().slice(0, 60) })
      return { written, spoken }
    })
}

/** Formats the list as people type it. */
export function writePronunciations(entries: readonly Pronunciation[]): string {
  return entries.map(({ written, spoken }) => `${written} = ${spoken}`).join('\n')
}

async function load(em: EntityManager, workspace: string) {
  const row = await em.findOne(PronunciationsEntity, { workspace })
  return { entries: row?.entries ?? [], version: row?.version ?? 0, editedByName: row?.editedByName ?? '' }
}

/** If two lines are for the same word, the last one counts. */
function cleanList(entries: Pronunciation[]): Pronunciation[] {
  const { pronunciations: limits } = LIMITS
  const byWritten = new Map(
    entries.map(({ written, spoken }) => [
      written.toLowerCase(),
      {
        written: requireLine('pronunciations', written, limits.written),
        spoken: requireLine('pronunciations', spoken, limits.spoken),
      },
    ]),
  )
  if (byWritten.size > limits.entries)
    throw new UserError('too_many_pronunciations', { field: 'pronunciations', max: limits.entries })
  return [...byWritten.values()]
}

function differences(before: Pronunciation[], after: Pronunciation[]): Pronunciation[] {
  const keysOf = (list: Pronunciation[]) =>
    new Set(list.map((entry) => JSON.stringify([entry.written, entry.spoken])))
  const [old, now] = [keysOf(before), keysOf(after)]
  return [
    ...before.filter((entry) => !now.has(JSON.stringify([entry.written, entry.spoken]))),
    ...after.filter((entry) => !old.has(JSON.stringify([entry.written, entry.spoken]))),
  ]
}
