import { openAsBlob } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type types, webApi } from '@slack/bolt'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import type { Store } from '../../../core/model/store.ts'
import { shorten } from '../../view/shorten.ts'
import type { FileRef, MessageView } from '../../view/types.ts'
import { slackCode } from './errors.ts'
import { SLACK_LIMITS } from './limits.ts'
import { filesOf, toBlocks } from './message.ts'
import { persist } from './persist.ts'

/** Slack's picture ids, by path in the store. */
export type Pictures = Record<string, string>

/** Time limit for uploading one file, in milliseconds. */
const UPLOAD_TIMEOUT = 15 * 60_000
/** Maximum number of remembered picture ids. */
const KEPT = 2000
/** Milliseconds between attempts while Slack is processing a picture: about 15 s in total. */
const PROCESSING = [200, 400, 800, 1600, 3000, 4000, 5000]

/**
 * Uploads of files in three steps: https://docs.slack.dev/messaging/working-with-files#upload
 *
 * These are the steps of the client's `filesUploadV2`, done separately for three reasons: it reads the whole file into
 * memory in one blocking call, while this streams a video; if the response to its last step is lost it can only start over,
 * which would post the file twice; and it sends the alternative text under a name that Slack ignores.
 */
export class SlackFiles {
  readonly #client: webApi.WebClient
  readonly #store: Store
  readonly #log: Logger
  readonly #known = new LRUCache<string, Promise<string>>({ max: KEPT })
  /** False once the workspace has refused a task card. */
  #hasTaskCards = true

  constructor(client: webApi.WebClient, store: Store, log: Logger) {
    this.#client = client
    this.#store = store
    this.#log = log
  }

  /**
   * Sends a view with its pictures, each of which is uploaded once. Slack refuses blocks with a picture that is still being
   * processed or was deleted: then it waits, uploads it again, and finally leaves it out.
   */
  async withPictures<T>(
    view: MessageView,
    known: Pictures,
    mark: string | undefined,
    deliver: (blocks: types.KnownBlock[]) => Promise<T>,
  ): Promise<{ answer: T; files: Pictures }> {
    let files = await this.#pictures(view, known)
    for (const [tries, wait] of PROCESSING.entries()) {
      try {
        return { answer: await this.#delivered(view, files, mark, deliver), files }
      } catch (error) {
        if (slackCode(error) !== 'invalid_blocks' || Object.keys(files).length === 0) throw error
        this.#log.debug({ err: error }, 'Slack does not accept a picture yet')
        await sleep(wait)
        if (tries === 2) files = await this.#again(view, files)
      }
    }
    this.#log.warn({ files }, 'Slack does not accept these pictures, so the message is sent without them')
    return { answer: await this.#delivered(view, {}, mark, deliver), files: {} }
  }

  /** Task cards are new on Slack; if they are refused, nothing else may be lost. */
  async #delivered<T>(
    view: MessageView,
    files: Pictures,
    mark: string | undefined,
    deliver: (blocks: types.KnownBlock[]) => Promise<T>,
  ): Promise<T> {
    const blocks = toBlocks(view, files, mark, this.#hasTaskCards)
    if (!blocks.some(({ type }) => type === 'task_card')) return deliver(blocks)
    try {
      return await deliver(blocks)
    } catch (error) {
      if (slackCode(error) !== 'invalid_blocks') throw error
      const answer = await deliver(toBlocks(view, files, mark, false))
      // If there is a picture, that may be what wasn't accepted yet.
      if (Object.keys(files).length > 0) return answer
      this.#hasTaskCards = false
      this.#log.info({ err: error }, 'Slack takes no cards for tasks here, so progress is shown as a bar')
      return answer
    }
  }

  /** The first two steps, after which Slack has the bytes but nobody sees them yet. @returns Slack's file id. */
  async upload({ path, name, alt }: FileRef): Promise<string> {
    return this.#store.withLocalFile(path, async (file) => {
      const blob = await openAsBlob(file)
      return persist(async () => {
        // Slack's client calls it `alt_text`, Slack itself `alt_txt`:
        // https://docs.slack.dev/reference/methods/files.getUploadURLExternal
        const alternative = shorten(alt, SLACK_LIMITS.fileAlt.max)
        const { upload_url: address, file_id: id } = await this.#client.files.getUploadURLExternal({
          filename: name,
          length: blob.size,
          ...(alternative !== '' && { alt_txt: alternative }),
        })
        if (!address || !id)
          throw new webApi.WebAPIRequestError(new Error('Slack gave no address to upload to.'))
        await send(address, blob)
        return id
      })
    })
  }

  /** The size of a file in bytes; infinite for one that is gone. */
  async size({ path }: FileRef): Promise<number> {
    return (await this.#store.size(path)) ?? Number.POSITIVE_INFINITY
  }

  /** The third step, for a file that is only shown in messages. */
  async complete(id: string, title: string): Promise<void> {
    let tries = 0
    await persist(async () => {
      tries += 1
      try {
        await this.#client.files.completeUploadExternal({ files: [{ id, title }] })
      } catch (error) {
        // A lost response: an earlier attempt has completed it.
        if (tries === 1 || slackCode(error) !== 'file_not_found') throw error
      }
    })
  }

  async #pictures(view: MessageView, known: Pictures): Promise<Pictures> {
    const ids = await Promise.all(
      filesOf(view, 'image').map(async (file): Promise<[string, string][]> => {
        try {
          return [[file.path, known[file.path] ?? (await this.#picture(file))]]
        } catch (error) {
          this.#log.warn({ err: error, file: file.path }, 'a picture could not be uploaded to Slack')
          return []
        }
      }),
    )
    return Object.fromEntries(ids.flat())
  }

  #again(view: MessageView, files: Pictures): Promise<Pictures> {
    for (const path of Object.keys(files)) this.#known.delete(path)
    return this.#pictures(view, {})
  }

  #picture(file: FileRef): Promise<string> {
    const before = this.#known.get(file.path)
    if (before) return before
    const uploading = this.upload(file).then(async (id) => {
      await this.complete(id, file.name)
      return id
    })
    this.#known.set(file.path, uploading)
    uploading.catch(() => this.#known.delete(file.path))
    return uploading
  }
}

async function send(address: string, blob: Blob): Promise<void> {
  let response: Response
  try {
    response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: blob,
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT),
    })
    await response.arrayBuffer()
  } catch (error) {
    throw new webApi.WebAPIRequestError(error instanceof Error ? error : new Error(String(error)))
  }
  const { status, statusText } = response
  if (status === 429)
    throw new webApi.WebAPIRateLimitedError(Number(response.headers.get('retry-after') ?? 1) || 1)
  if (!response.ok) throw new webApi.WebAPIHTTPError(status, statusText, {})
}
