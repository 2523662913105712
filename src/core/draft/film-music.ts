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

/** What a render keeps of its music: whom people credit for it, and with what it is found again. */
export async function toldOf(track: MusicTrack): Promise<Told> {
  const { provider, title, author, id } = track
  return { provider, title, author, id, content: await contentOf(track) }
}

/**
 * The music of a finished film, and whether it had one that cannot be found again: which track a draft gets may be another one later.
 * @param rendered what its render has kept; null for what no version can read.
 * @throws UserError `music_failed`, ProviderError: why it cannot be said today.
 */
export async function musicOfFilm(
  core: Pick<Core, 'providers' | 'log'>,
  storyboard: Storyboard,
  rendered: Payload<'finalize'> | null,
  signal: AbortSignal,
): Promise<{ track: MusicTrack | null; isLost: boolean }> {
  const told = rendered?.music ?? null
  // The first versions kept nothing of it.
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
    // Its folder is gone, for one.
    if (error instanceof ProviderError) return null
    throw error
  })
  return track && (await contentOf(track)) === told.content ? track : null
}

/** Of films of earlier versions only what people were told of it is known. */
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

/** Where the folder of the team's own music is, does not matter. */
async function contentOf({ file }: MusicTrack): Promise<string> {
  const name = await contentName(file)
  return hashOf(path.isAbsolute(file) ? name.slice(path.dirname(file).length) : name)
}
