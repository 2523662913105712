import type { REST } from 'discord.js'
import { download } from '../../../core/media/download/download.ts'
import type { FetchPicture } from '../../handlers/request.ts'

/** Where Discord keeps what people send (https://docs.discord.com/developers/reference#image-formatting). */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net']
/** Seconds in which a picture has to be here. */
const PATIENCE = 60

/** Fetches what came with a form, by its address on Discord's own servers, or on the one that the bot talks to instead. */
export function pictureFetcher(rest: REST): FetchPicture {
  const { origin } = new URL(rest.options.api)
  return (url, file, maxBytes) =>
    download({
      service: { name: 'discord', title: 'Discord', setting: 'DISCORD_TOKEN' },
      ...{ url, file, maxBytes, maxSeconds: PATIENCE },
      allowedHosts: HOSTS,
      allowHttpFor: origin === 'https://discord.com' ? null : origin,
      signal: new AbortController().signal,
    })
}
