import { rm } from 'node:fs/promises'
import type { ReadableStream } from 'node:stream/web'
import { admitOwnFootage, giveOwnFootage, MAX_OWN_BYTES } from '../../../../core/draft/own-footage.ts'
import { authorize } from '../../../handlers/authorize.ts'
import type { Bot } from '../../../handlers/request.ts'
import { type WebApp, whoOf } from '../env.ts'
import { WebError } from '../problems.ts'
import { receiveFile } from './receive.ts'

/** Milliseconds for looking into a file: a long video is decoded as a whole. */
const PATIENCE = 20 * 60_000
/** Milliseconds for all of a file to come. */
const SENDING = 300_000

/** What it is called where nobody says so. */
const UNNAMED = 'upload'

/**
 * `POST /api/draft/:draftId/segments/:segmentId/footage?name=…`: the body is the file itself. One at a time for each person. Once it
 * has come it is used, whether or not the sender still waits.
 */
export function addOwnFootage(app: WebApp, bot: Bot): void {
  const { core } = bot
  app.post('/api/draft/:draftId/segments/:segmentId{[0-9]+}/footage', async (context) => {
    const who = whoOf(context)
    const { draftId } = context.req.param()
    const segmentId = Number(context.req.param('segmentId'))
    await authorize(bot, who, 'write', draftId)
    if (/^multipart\//i.test(context.req.header('content-type') ?? ''))
      throw new WebError(415, 'not_a_file', 'Send the file itself as the body, not a form.')
    const scope = { workspace: who.workspace, draftId, actor: who.actor }
    const name = (context.req.query('name') ?? '').slice(0, 300).replace(/^.*[/\\]/, '') || UNNAMED
    const isNew = await core.turns.take(`upload ${who.id}`, async () => {
      await admitOwnFootage(core, scope, segmentId, name)
      // Its ending says nothing: what is in it does.
      const file = await core.store.temporary('upload')
      try {
        const length = context.req.header('content-length')
        const stated = length !== undefined && /^\d+$/.test(length) ? Number(length) : null
        const signal = AbortSignal.any([AbortSignal.timeout(SENDING), context.req.raw.signal])
        const body = context.req.raw.body as ReadableStream<Uint8Array> | null
        await receiveFile(body, stated, file, { maxBytes: MAX_OWN_BYTES, signal })
        return await giveOwnFootage(core, scope, segmentId, { file, name }, AbortSignal.timeout(PATIENCE))
      } finally {
        await rm(file, { force: true })
      }
    })
    bot.threads.refresh(draftId)
    return context.json({ success: true, changed: isNew })
  })
}
