import { z } from 'zod'
import { UserError } from '../../model/errors.ts'
import type { AccountProvider } from '../../model/platform.ts'
import { requestJson } from './api.ts'

const Channels = z.object({
  items: z
    .array(z.object({ id: z.string().min(1).max(100), snippet: z.object({ title: z.string() }) }))
    .default([]),
})

/** The channel of a linked account: https://developers.google.com/youtube/v3/docs/channels/list, 1 unit of quota. */
export function createChannelLookup(apiURL: string): AccountProvider['channelOf'] {
  const url = new URL('/youtube/v3/channels?part=snippet&mine=true', apiURL)
  return async (access, signal) => {
    const { items } = await requestJson({ url, access, signal }, Channels)
    const [channel] = items
    if (!channel) throw new UserError('account_without_channel')
    return { id: channel.id, title: channel.snippet.title.slice(0, 100) || channel.id }
  }
}
