import { rm } from 'node:fs/promises'
import { type Brand, DraftEntity } from '../../db/entities/draft.ts'
import { PresetEntity } from '../../db/entities/preset.ts'
import type { EntityManager } from '../../db/types.ts'
import { settable } from '../media/captions/lettering.ts'
import { makeLogo } from '../media/pictures/pictures.ts'
import { adoptFile } from '../media/store/adopt.ts'
import { ProviderError, StaleEditError, UserError } from '../model/errors.ts'
import { LIMITS } from '../model/limits.ts'
import type { Actor, Place } from '../model/people.ts'
import { UnusableError } from '../model/unusable.ts'
import { recordAct } from './audit.ts'
import { requestAllClips } from './clips.ts'
import type { Core } from './core.ts'
import { openDrafts } from './open-drafts.ts'
import { cleanLine } from './validate.ts'

/** A workspace's brand. */
export interface Preset {
  /** Path in the store; null for none. */
  logo: string | null
  /** Empty for none. */
  callToAction: string
  /** 0 if it hasn't been set yet. */
  version: number
}

export interface PresetChange {
  callToAction: string
  /** Writes an uploaded picture to a file of at most this many bytes; null to keep the current logo. */
  logo: ((file: string, maxBytes: number) => Promise<void>) | null
  /** True to remove the logo. */
  withoutLogo: boolean
}

export async function presetOf(core: Core, workspace: string): Promise<Preset> {
  return load(core.db.fork(), workspace)
}

/** The part of a workspace's brand that its films show; null for none. */
export async function brandOf(em: EntityManager, workspace: string): Promise<Brand | null> {
  const { logo, callToAction } = await load(em, workspace)
  return logo === null && callToAction === '' ? null : { logo, callToAction }
}

/**
 * Changes a workspace's brand, and thus the end of all unfinished films.
 * @param seenVersion the version the person saw; undefined to overwrite the current one.
 * @returns whether anything changed.
 * @throws StaleEditError if someone else has changed it since; UserError for invalid words or an unusable picture.
 */
export async function savePreset(
  core: Core,
  { place, actor }: { place: Place; actor: Actor },
  change: PresetChange,
  seenVersion?: number,
): Promise<boolean> {
  const callToAction = cleanCallToAction(change.callToAction)
  const { workspace } = place
  // Held until the database refers to it.
  const among = await core.store.holding(async () => {
    const sent = change.logo && !change.withoutLogo ? await storeLogo(core, change.logo) : null
    return core.turns.take(`preset ${workspace}`, () =>
      core.db.transaction(async (em) => {
        const before = await load(em, workspace)
        const logo = change.withoutLogo ? null : (sent ?? before.logo)
        if (logo === before.logo && callToAction === before.callToAction) return null
        if (seenVersion !== undefined && before.version !== seenVersion)
          throw new StaleEditError(before.editedByName)
        await write(core, em, { place, actor }, { logo, callToAction }, before.version)
        return openDrafts(em, workspace)
      }),
    )
  })
  if (among === null) return false
  for (const draftId of among) core.events.changed(draftId)
  await requestAllClips(core, { among })
  return true
}

async function write(
  core: Core,
  em: EntityManager,
  { place, actor }: { place: Place; actor: Actor },
  { logo, callToAction }: Brand,
  version: number,
): Promise<void> {
  const { workspace } = place
  const now = core.clock()
  const fields = {
    ...{ logoPath: logo, callToAction, version: version + 1 },
    ...{ editedById: actor.id, editedByName: actor.name, updatedAt: now },
  }
  if (version === 0) await em.insert(PresetEntity, { workspace, ...fields })
  else await em.nativeUpdate(PresetEntity, { workspace }, fields)
  const brand = logo === null && callToAction === '' ? null : { logo, callToAction }
  await em.nativeUpdate(DraftEntity, { workspace, status: { $ne: 'finalized' } }, { brand })
  const facts = { hasLogo: logo !== null, hasCallToAction: callToAction !== '' }
  await recordAct(em, 'preset_set', { place, draftId: null, actor, now }, facts)
}

/** @throws UserError for more text than fits on a card, or letters that its font doesn't have. */
function cleanCallToAction(typed: string): string {
  const { callToAction: most } = LIMITS.preset
  const line = cleanLine('callToAction', typed, most)
  if (line !== '' && settable(line, most) === '')
    throw new UserError('call_to_action_letters', { field: 'callToAction' })
  return line
}

async function storeLogo(core: Core, fetch: NonNullable<PresetChange['logo']>): Promise<string> {
  const sent = await core.store.temporary()
  const made = `${sent}.png`
  try {
    await fetch(sent, LIMITS.preset.logoBytes)
    await makeLogo(sent, made)
    return await adoptFile(core.store, 'logos', made, 'png')
  } catch (error) {
    if (error instanceof UnusableError)
      throw new UserError('logo_unusable', { field: 'logo', why: error.why }, { cause: error })
    if (error instanceof ProviderError) {
      const megabytes = LIMITS.preset.logoBytes / 1e6
      throw new UserError('logo_not_fetched', { field: 'logo', megabytes }, { cause: error })
    }
    throw error
  } finally {
    await rm(sent, { force: true })
    await rm(made, { force: true })
  }
}

async function load(em: EntityManager, workspace: string) {
  const row = await em.findOne(PresetEntity, { workspace })
  return {
    logo: row?.logoPath ?? null,
    callToAction: row?.callToAction ?? '',
    version: row?.version ?? 0,
    editedByName: row?.editedByName ?? '',
  }
}
