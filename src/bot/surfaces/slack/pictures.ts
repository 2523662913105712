import type { webApi } from '@slack/bolt'
import { download } from '../../../core/media/download/download.ts'
import { ProviderError } from '../../../core/model/errors.ts'
import type { FetchPicture } from '../../handlers/request.ts'
import { persist } from './persist.ts'

/** Where Slack stores uploads (https://docs.slack.dev/reference/objects/file-object). */
const HOSTS = ['files.slack.com']
/** Seconds in which a picture has to be downloaded. */
const PATIENCE = 60
const SERVICE = { name: 'slack', title: 'Slack', setting: 'SLACK_BOT_TOKEN' }

/** Downloads a form's file by its id, authenticated as the bot, as Slack requires. */
export function pictureFetcher(client: webApi.WebClient): FetchPicture {
  const { origin } = new URL(client.slackApiUrl)
  return async (id, file, maxBytes) => {
    const { file: info } = await persist(() => client.files.info({ file: id })).catch((cause: unknown) => {
      throw new ProviderError(SERVICE.name, 'unavailable', 'Slack does not show the file.', { cause })
    })
    await download({
      service: SERVICE,
      url: info?.url_private_download ?? info?.url_private ?? '',
      ...{ file, maxBytes, maxSeconds: PATIENCE },
      headers: { authorization: `Bearer ${client.token}` },
      allowedHosts: HOSTS,
      allowHttpFor: origin === 'https://slack.com' ? null : origin,
      signal: new AbortController().signal,
    })
  }
}
