import { createHmac } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { wordsFor } from '../../../src/bot/words/index.ts'
import { requestRender } from '../../../src/core/draft/render.ts'
import { announceFinished } from '../../../src/core/draft/webhook/announce.ts'
import { webhookOf } from '../../../src/core/draft/webhook/webhooks.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { KeptFormEntity } from '../../../src/db/entities/kept-form.ts'
import { WebhookEntity } from '../../../src/db/entities/webhook.ts'
import { desk, filled } from '../../factories/desk.ts'
import { finishedDraft } from '../../factories/finished-draft.ts'
import { ANN, PLACE } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { buttonsIn, fakeAccess, saidIn } from '../../fakes/chat.ts'
import { fakeProviders } from '../../fakes/providers.ts'
import { type Loopback, type RecordedRequest, startLoopback } from '../../servers/loopback.ts'

let server: Loopback
const env: NodeJS.ProcessEnv = { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' }
let status = 204
beforeAll(async () => {
  server = await startLoopback(() => ({ status }))
  return () => server.close()
})
// As little to render as possible.
const program = sharedProgram({ env, fakes: fakeProviders(['Bees dance.']) })
beforeEach(() => {
  status = 204
  server.requests.length = 0
})
const manager = { access: fakeAccess({ manageWorkspace: true }) }
const address = () => `${server.origin}/hook/a-token`

/**
 * Sets the webhook as a manager.
 * @returns its secret, if there is a new one.
 */
async function set(url: string, secret = 'keep') {
  const at = desk(program)
  const { form } = await at.command('settings', { part: 'webhook' }, manager)
  const { said } = await at.send(form?.action, { ...filled(form), url, secret }, manager)
  return { said, secret: /whsec_\S+/.exec(said)?.[0] ?? null }
}

/** Announces a finished draft, as a render does, and waits until its job has been attempted once. */
async function announced(wait = true) {
  const { core, queue, threads } = program()
  const { chat } = desk(program)
  const draft = await finishedDraft(core)
  await threads.settled()
  await core.db.transaction(async (em) => {
    const row = await em.findOneOrFail(DraftEntity, { draftId: draft.draftId })
    await announceFinished(core, em, row, draft.render, ANN)
  })
  const job = () => core.db.fork().findOneOrFail(JobEntity, { draftId: draft.draftId, kind: 'webhook' })
  if (wait) await queue.idle(draft.draftId)
  await threads.settled()
  return { ...draft, chat, job }
}

const isSignedWith = (secret: string, { headers, body }: RecordedRequest) => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}

describe('the webhook of a workspace', () => {
  beforeEach(async () => {
    await program().core.db.fork().nativeDelete(WebhookEntity, {})
    await set(address())
  })

  it('is set by those who look after it, who alone see the secret, and only once', async () => {
    await set('')
    const { command, press, send, chat } = desk(program)
    const refused = await command('settings', { part: 'webhook' })
    expect(refused.said).toBe('Only people who manage this workspace can change its settings.')
    // The other settings link there too.
    const { form: general } = await command('settings', {}, manager)
    const { view } = await send(general?.action, filled(general), manager)
    const { form } = await press(buttonsIn(view)['Webhook…'], manager)
    expect(form?.fields.map(({ id, value }) => [id, value])).toEqual([['url', '']])
    const saved = await send(form?.action, { url: ` ${address()} ` }, manager)
    const [secret] = /whsec_[A-Za-z0-9+/=]+/.exec(saved.said) ?? []
    expect(Buffer.from(secret?.slice('whsec_'.length) ?? '', 'base64')).toHaveLength(32)
    expect(saved.said).toContain('It is only shown now:')
    const again = await command('settings', { part: 'webhook' }, manager)
    expect(filled(again.form)).toEqual({ url: address(), secret: 'keep' })
    expect(JSON.stringify(again.form)).not.toContain(secret)
    expect((await send(again.form?.action, filled(again.form), manager)).said).toBe(
      'OK, nothing was changed.',
    )
    expect(chat.posted).toEqual([])
    // In no file of the database.
    const files = (await readdir(program().folder)).filter((name) => name.includes('.sqlite'))
    const contents = await Promise.all(
      files.map((name) => readFile(path.join(program().folder, name), 'latin1')),
    )
    for (const content of contents) {
      expect(content).not.toContain('a-token')
      expect(content).not.toContain(secret ?? '-')
    }
    // Someone else had the form open.
    const stale = await send(form?.action, { url: 'https://example.com/other' }, manager)
    expect(stale.said).toContain('Ann changed this while you were editing.')
  })

  it('keeps its secret with another address, and gets another one for the asking', async () => {
    const { secret } = await set(address(), 'new')
    expect((await set(`${address()}/2`)).secret).toBeNull()
    await announced()
    expect(isSignedWith(secret ?? '', server.requests[0] as RecordedRequest)).toBe(true)
    const { secret: other } = await set(`${address()}/2`, 'new')
    await announced()
    expect(server.requests.map((request) => isSignedWith(other ?? '', request))).toEqual([false, true])
    expect((await set('')).said).toBe('Removed. This address is no longer notified of finished videos.')
    expect(await program().core.db.fork().count(WebhookEntity)).toBe(0)
    // A form that shows an older state doesn't overwrite what has been set since.
    await set(address())
    const { command, send } = desk(program)
    const { form } = await command('settings', { part: 'webhook' }, manager)
    await set('')
    await set(`${address()}/3`)
    const late = await send(form?.action, { ...filled(form), url: `${address()}/4` }, manager)
    expect(late.said).toContain('Ann changed this while you were editing.')
    await set(address())
  })

  it('waits for a film that is just being finished', async () => {
    const { core, threads } = program()
    desk(program)
    const { draftId, render } = await finishedDraft(core)
    await core.db.fork().nativeUpdate(JobEntity, { jobId: render }, { state: 'running' })
    expect(await threads.filmLink(draftId, render)).toBe('coming')
    await core.db.fork().nativeUpdate(JobEntity, { jobId: render }, { state: 'done' })
    core.events.changed(draftId)
    await threads.settled()
    expect(await threads.filmLink(draftId, render)).toMatch(/^https:/)
    expect(await threads.filmLink(draftId, 'job_none')).toBeNull()
  })

  it('gives back what cannot be used, and keeps nothing of it', async () => {
    const { command, send } = desk(program)
    const { form } = await command('settings', { part: 'webhook' }, manager)
    for (const [url, error] of [
      ['http://8.8.8.8/a-token', 'The webhook address must begin with https://.'],
      ['https://10.0.0.1/a-token', 'The webhook address leads to a private network'],
      ['a-token', 'The webhook address is not a web address.'],
    ]) {
      const { refused } = await send(form?.action, { url: url ?? '', secret: 'keep' }, manager)
      expect(refused?.errors.url).toContain(error)
    }
    const ko = { ...manager, words: wordsFor('ko') }
    const { refused } = await send(form?.action, { url: 'https://a:b@example.com', secret: 'keep' }, ko)
    expect(refused?.errors.url).toContain('웹훅 주소에는 이름이나 비밀번호를 넣을 수 없습니다.')
    expect(await program().core.db.fork().count(KeptFormEntity)).toBe(0)
    expect((await webhookOf(program().core, PLACE.workspace)).url).toBe(address())
  })

  it('is told of a render, with where it is, and nothing else of the draft', async () => {
    const { core, queue, threads, ready } = program()
    const draftId = await ready()
    const { chat } = desk(program)
    await threads.settled()
    await requestRender(core, scope(draftId))
    // The webhook waits for the film until it is posted in the chat.
    const render = await core.db.fork().findOneOrFail(JobEntity, { draftId, kind: 'finalize' })
    while (server.requests.length === 0) {
      await threads.settled()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await queue.idle(draftId)
    const [request] = server.requests
    const draft = await core.db.fork().findOneOrFail(DraftEntity, { draftId })
    const film = chat.posted.find(({ threadId, view }) => threadId === null && saidIn(view).includes('MB'))
    const link = `https://chat.test/null/${film?.messageId}`
    expect(request?.json).toEqual({
      type: 'draft.finalized',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      data: {
        ...{ draft_id: draftId, title: draft.title, description: draft.description, tags: draft.tags },
        ...{ format: 'square', language: 'en', duration: expect.any(Number) },
        ...{
          video_url: link,
          poster_url: link,
          captions_url: link,
          captions_vtt_url: link,
          are_files: false,
        },
        ...{ message_url: link, studio_url: null, youtube_url: null, credits: expect.any(Array) },
        ...{ workspace: PLACE.workspace, finished_by: ANN },
      },
    })
    expect(request?.headers['webhook-id']).toMatch(/^msg_[0-9a-f]{32}$/)
    expect((await core.db.fork().findOneOrFail(JobEntity, { jobId: render.jobId })).state).toBe('done')
  })

  it('is tried again for hours with the same message, and those who look after it learn of it once', async () => {
    const { core, queue, threads } = program()
    status = 500
    let words = 0
    const { file } = core.links
    core.links.file = (_draftId, path) => {
      words += 1
      return `https://rushes.test/shared/secret-${words}${path.slice(path.lastIndexOf('.'))}`
    }
    onTestFinished(() => void Object.assign(core.links, { file }))
    const { job, chat, draftId } = await announced(false)
    const failed = async (failures: number) => {
      while ((await job()).failures !== failures || (await job()).state === 'running')
        await new Promise((resolve) => setTimeout(resolve, 5))
      return job()
    }
    const first = await failed(1)
    expect(first.state).toBe('queued')
    // The database alone isn't enough to open the links.
    expect(JSON.stringify(first.payload)).not.toContain('secret-')
    expect(Math.round((first.runAfter.getTime() - first.updatedAt.getTime()) / 1000)).toBe(5)
    // Six more times, over 17 hours.
    await core.db
      .fork()
      .nativeUpdate(JobEntity, { jobId: first.jobId }, { failures: 6, runAfter: core.clock() })
    await queue.retry('job_none', ANN)
    expect(await failed(7)).toMatchObject({ state: 'failed' })
    await queue.idle(draftId)
    await threads.settled()
    const [one, two] = server.requests
    expect(one?.headers['webhook-id']).toBe(two?.headers['webhook-id'])
    expect(one?.body.length).toBeGreaterThan(0)
    expect(one?.body).toEqual(two?.body)
    // A missing file has no link, not even to a page.
    expect(one?.json).toMatchObject({
      data: {
        ...{ are_files: true, video_url: expect.stringMatching(/secret-\d\.mp4$/), captions_vtt_url: null },
        poster_url: expect.stringMatching(/secret-\d\.jpg$/),
        captions_url: expect.stringMatching(/secret-\d\.srt$/),
      },
    })
    expect((await job()).payload).toMatchObject({ message: null, sealedLinks: null })
    const said = () => chat.posted.filter(({ view }) => saidIn(view).includes('The webhook'))
    expect(said().map(({ view }) => saidIn(view))).toEqual([
      '@Ann The webhook could not be notified of this video. The webhook answered with HTTP 500. Someone who manages this workspace can change it with /draft settings part:webhook.',
    ])
    expect(said()[0]?.view.notifies).toEqual([ANN.id])
    expect(JSON.stringify(said())).not.toContain('a-token')
    const { form } = await desk(program).command('settings', { part: 'webhook' }, manager)
    expect(form?.fields[0]?.hint).toContain('Nothing has arrived there lately.')
    // Another failing film is no news; one that arrives ends the failure.
    status = 204
    const other = await announced()
    expect((await other.job()).payload).toMatchObject({ message: null, sealedLinks: null })
    expect(other.chat.posted.some(({ view }) => saidIn(view).includes('The webhook'))).toBe(false)
    expect((await webhookOf(core, PLACE.workspace)).problem).toBeNull()
  })

  it('is turned off where it answers that there is nothing any more, until somebody saves it again', async () => {
    const { core } = program()
    status = 410
    const { chat, job } = await announced()
    expect((await job()).state).toBe('done')
    const said = chat.posted.map(({ view }) => saidIn(view)).find((text) => text.includes('webhook'))
    expect(said).toContain(
      '@Ann The webhook is turned off. It answered that nothing should be sent to it any more',
    )
    expect(await core.db.fork().findOneOrFail(WebhookEntity, { workspace: PLACE.workspace })).toMatchObject({
      isOn: false,
    })
    status = 204
    const silent = await finishedDraft(core)
    await core.db.transaction(async (em) => {
      const row = await em.findOneOrFail(DraftEntity, { draftId: silent.draftId })
      await announceFinished(core, em, row, silent.render, ANN)
    })
    expect(await core.db.fork().count(JobEntity, { draftId: silent.draftId, kind: 'webhook' })).toBe(0)
    expect((await set(address())).said).toContain('Saved.')
    await announced()
    expect(server.requests).toHaveLength(2)
  })

  it('that cannot be read any more disturbs nothing, and says so', async () => {
    const { core } = program()
    const row = await core.db.fork().findOneOrFail(WebhookEntity, { workspace: PLACE.workspace })
    await core.db.fork().nativeUpdate(WebhookEntity, {}, { sealedTarget: 'v1.another.key' })
    const { chat, job } = await announced()
    expect((await job()).state).toBe('failed')
    const said = chat.posted.map(({ view }) => saidIn(view)).find((text) => text.includes('webhook'))
    expect(said).toContain('Its address was saved with another CREDENTIALS_KEY. Enter it again.')
    expect((await set(address())).secret).toMatch(/^whsec_/)
    expect(row.version).toBeLessThan((await webhookOf(core, PLACE.workspace)).version)
  })
})

describe('the webhook of the operator', () => {
  const own = sharedProgram({ env: { WEBHOOK_URL: 'http://127.0.0.1:9/unused' } })

  it('is told of the films of workspaces without one, signed with a secret of its own', async () => {
    const { core, folder } = own()
    const target = core.webhooks.usual
    expect(target?.url).toBe('http://127.0.0.1:9/unused')
    expect((await readFile(path.join(folder, 'webhook.key'), 'utf8')).trim()).toBe(target?.secret)
    expect(await webhookOf(core, PLACE.workspace)).toMatchObject({ url: '', hasUsual: true })
    const sent = { id: 'msg_1', body: '{}', sentAt: core.clock() }
    const signal = new AbortController().signal
    const there = { url: address(), secret: target?.secret ?? '' }
    expect(await core.webhooks.deliver(there, sent, { isOwn: false, signal })).toBe('delivered')
    expect(isSignedWith(there.secret, server.requests[0] as RecordedRequest)).toBe(true)
    await expect(core.webhooks.deliver(there, sent, { isOwn: true, signal })).rejects.toMatchObject({
      code: 'webhook_address',
    })
  })
})
