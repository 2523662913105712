import type { REST } from 'discord.js'
import { download } from '../../../core/media/download/download.ts'
import type { FetchPicture } from '../../handlers/request.ts'

/** Where Discord stores attachments (https://docs.discord.com/developers/reference#image-formatting). */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net']
/** Seconds in which a picture has to be downloaded. */
const PATIENCE = 60

/** Downloads a form's attachment from its address on Discord's own servers, or on the server that is set instead. */
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
