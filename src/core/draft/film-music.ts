import path from 'node:path'
import { hashOf } from '../media/store/hash.ts'
import { contentName } from '../media/store/sources.ts'
import type { Storyboard } from '../media/types.ts'
import { ProviderError } from '../model/errors.ts'
import type { MusicTrack } from '../model/providers.ts'
import type { Core } from './core.ts'
import type { Payload } from './payloads.ts'
import { pickMusic } from './pick-music.ts'

type Told = NonNullable<Payload<'finalize'>['music']>

/** What a render stores about its music: its credit, and how to find it again. */
export async function toldOf(track: MusicTrack): Promise<Told> {
  const { provider, title, author, id } = track
  return { provider, title, author, id, content: await contentOf(track) }
}

/**
 * A finished film's music, and whether it had a track that can't be found again, since a draft may get another track later.
 * @param rendered what its render has stored; null if no version can parse it.
 * @throws UserError `music_failed`, ProviderError: why it can't be determined today.
 */
export async function musicOfFilm(
  core: Pick<Core, 'providers' | 'log'>,
  storyboard: Storyboard,
  rendered: Payload<'finalize'> | null,
  signal: AbortSignal,
): Promise<{ track: MusicTrack | null; isLost: boolean }> {
  const told = rendered?.music ?? null
  // The first versions stored nothing about it.
  if (!told) return { track: null, isLost: storyboard.music.enabled && !rendered?.report }
  const found =
    told.id === null ? await asPicked(core, storyboard, told, signal) : await find(core, told, signal)
  return { track: found, isLost: found === null }
}

async function find(
  { providers }: Pick<Core, 'providers'>,
  told: Told,
  signal: AbortSignal,
): Promise<MusicTrack | null> {
  const provider = providers.music.find(({ name }) => name === told.provider)
  const track = await provider?.find(told.id ?? '', signal).catch((error: unknown) => {
    // Its folder may be gone, for example.
    if (error instanceof ProviderError) return null
    throw error
  })
  return track && (await contentOf(track)) === told.content ? track : null
}

/** For films of earlier versions, only the displayed credit is known. */
async function asPicked(
  core: Pick<Core, 'providers' | 'log'>,
  storyboard: Storyboard,
  told: Told,
  signal: AbortSignal,
): Promise<MusicTrack | null> {
  const { track } = await pickMusic(core, storyboard, signal)
  const isSame =
    track?.provider === told.provider && track.title === told.title && track.author === told.author
  return isSame ? track : null
}

/** The location of the team's own music folder doesn't matter. */
async function contentOf({ file }: MusicTrack): Promise<string> {
  const name = await contentName(file)
  return hashOf(path.isAbsolute(file) ? name.slice(path.dirname(file).length) : name)
}
