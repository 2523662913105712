import { beforeAll, describe, expect, it, vi } from 'vitest'
import { encodeAction } from '../../../src/bot/view/action-id.ts'
import { wordsFor } from '../../../src/bot/words/index.ts'
import { requestRender } from '../../../src/core/draft/render.ts'
import { uploadAfterRender } from '../../../src/core/draft/upload/after-render.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { desk, filled } from '../../factories/desk.ts'
import { finishedDraft } from '../../factories/finished-draft.ts'
import { linkChannel } from '../../factories/google.ts'
import { PATIENCE } from '../../factories/patience.ts'
import { ANN, BEN, PLACE } from '../../factories/people.ts'
import { SMALL, scope, sharedProgram } from '../../factories/program.ts'
import { buttonsIn, fakeAccess, saidIn } from '../../fakes/chat.ts'
import { type GoogleServer, startGoogle } from '../../servers/google/index.ts'

let google: GoogleServer
const env: NodeJS.ProcessEnv = {}
beforeAll(async () => {
  google = await startGoogle()
  google.world.interval = 0.02
  Object.assign(env, google.env)
  return () => google.close()
})
const program = sharedProgram({ env })
beforeAll(() => linkChannel(program(), google))
const ko = wordsFor('ko')
const manager = { access: fakeAccess({ manageWorkspace: true }) }
/** The same in a workspace where no channel is linked. */
const newcomer = { ...manager, workspace: 'test:unlinked' }

/** The finished draft's thread, with its message about the upload. */
async function shown(fields = {}) {
  const { core, threads } = program()
  const at = desk(program)
  const draft = await finishedDraft(core, fields)
  const card = async () => {
    core.events.changed(draft.draftId)
    await threads.settled()
    return at.chat.posted.findLast(({ view }) => JSON.stringify(view).match(/upload|publish/))?.view
  }
  return { ...at, ...draft, card }
}

async function done(draftId: string): Promise<void> {
  await program().queue.idle(draftId)
  await program().threads.settled()
}

describe('/draft account', () => {
  it('is for people who look after the workspace', async () => {
    const { command } = desk(program)
    const before = google.world.devices.length
    for (const act of ['list', 'link', 'unlink', 'default']) {
      const answer = await command('account', { do: act, name: 'Bee TV' })
      expect(answer.said).toBe('Only people who manage this workspace can change its settings.')
    }
    expect(google.world.devices.length).toBe(before)
  })

  it('links a channel by a code that only this person is shown, and lists it', async () => {
    const { command, press, chat } = desk(program)
    expect((await command('account', {}, newcomer)).said).toContain('No YouTube channel is linked yet.')
    const { view, said } = await command('account', { do: 'link' }, newcomer)
    const device = google.world.devices.at(-1)
    expect(said).toContain(device?.userCode)
    expect(said).toContain('https://www.google.com/device')
    expect(chat.posted).toEqual([])
    const { Check: check } = buttonsIn(view)
    const waiting = await press(check, newcomer)
    expect(waiting.said).toContain('Google is still waiting for the code.')
    expect(waiting.said).toContain(device?.userCode)
    // It belongs to the person who started it.
    expect((await press(check, { ...newcomer, actor: BEN })).said).toContain('This link has ended.')
    google.world.answer(device?.userCode ?? '', 'allowed')
    await program().queue.idle()
    expect((await press(check, newcomer)).said).toBe('“Bee TV” is linked.')
    expect((await command('account', { do: 'list' }, newcomer)).said).toBe(
      'Linked YouTube channels:\nBee TV · for new drafts · linked by Ann',
    )
    expect((await command('account', { do: 'list' }, { ...newcomer, words: ko })).said).toContain(
      'Bee TV · 새 초안의 기본 채널 · 연결한 사람: Ann 님',
    )
  })

  it('says what became of a link that was declined', async () => {
    const { command, press } = desk(program)
    const { view } = await command('account', { do: 'link' }, manager)
    google.world.answer(google.world.devices.at(-1)?.userCode ?? '', 'denied')
    await program().queue.idle()
    const { said } = await press(buttonsIn(view).Check, { ...manager, words: ko })
    expect(said).toBe('Google 페이지에서 접근이 거부되어 채널을 연결하지 않았습니다.')
  })

  it('gives new drafts the default channel', async () => {
    const { command } = desk(program)
    const draftId = await program().draft({ ...SMALL, collect: false })
    expect(await program().core.db.fork().findOne(DraftEntity, { draftId })).toMatchObject({ accountId: 1 })
    expect((await command('account', { do: 'default', name: 'bee tv' }, manager)).said).toContain('Bee TV')
    expect((await command('account', { do: 'unlink', name: 'Fly TV' }, manager)).said).toContain(
      'There is no linked channel “Fly TV” here.',
    )
  })
})

describe('Upload', () => {
  it('asks what has to be declared, uploads, and is followed under the video', async () => {
    const { card, press, send, chat, draftId } = await shown()
    const offer = await card()
    expect(Object.keys(buttonsIn(offer))).toEqual([
      ...['Watch', 'Download', 'Upload…', 'Make changes', 'Studio', 'More…'],
    ])
    expect(chat.posted.some(({ view }) => saidIn(view).includes('YouTube'))).toBe(false)
    const { form } = await press(buttonsIn(offer)['Upload…'])
    expect(filled(form)).toMatchObject({
      ...{ title: 'How bees dance', description: 'A short film.', tags: 'bees' },
      ...{ privacy: 'private', declaration: '', publishAt: '' },
    })
    const missing = await send(form?.action, filled(form))
    expect(Object.keys(missing.refused?.errors ?? {})).toEqual(['declaration'])
    const again = buttonsIn(missing.refused?.view)['Edit again']
    expect(filled((await press(again)).form)).toMatchObject({ title: 'How bees dance', declaration: '' })
    const bad = await send(form?.action, { ...filled(form), declaration: 'plain', title: 'a > b' })
    expect(bad.refused?.errors).toEqual({
      title: 'The title cannot contain < or >, which YouTube does not accept.',
    })

    const sent = await send(form?.action, { ...filled(form), declaration: 'synthetic', title: 'Bees!' })
    expect(sent.said).toBe('The upload has started. Its progress appears in the thread.')
    await done(draftId)
    const [video] = google.world.videos.slice(-1)
    expect(video).toMatchObject({
      snippet: { title: 'Bees!' },
      status: { privacyStatus: 'private', selfDeclaredMadeForKids: false, containsSyntheticMedia: true },
    })
    const after = await card()
    const link = `Watch on YouTube <https://youtu.be/${video?.id}>`
    expect(saidIn(after)).toBe(`${link} · Private`)
    expect(Object.keys(buttonsIn(after))).toEqual(['Make public', 'Update details', 'Category'])
    // The card at the top and the video in the channel link there too, and no one is notified again.
    expect(chat.posted.filter(({ view }) => saidIn(view).includes(link))).toHaveLength(3)
    expect(chat.posted.some(({ view }) => buttonsIn(view)['Upload…'])).toBe(false)
    // It was the same message all along.
    expect(chat.posted.filter(({ view }) => saidIn(view).startsWith(link))).toHaveLength(1)
  })

  it('is changed and made public afterwards', async () => {
    const { card, press, send, draftId } = await shown()
    const { form } = await press(encodeAction('upload_form', draftId))
    expect(filled(form)).toMatchObject({ category: '22' })
    const unknown = await send(form?.action, { ...filled(form), declaration: 'kids', category: '18' })
    expect(Object.keys(unknown.refused?.errors ?? {})).toEqual(['category'])
    await send(form?.action, { ...filled(form), declaration: 'kids', category: '27' })
    await done(draftId)
    expect(google.world.videos.at(-1)?.snippet).toMatchObject({ categoryId: '27' })
    // When a form has no room for it, it gets a separate form.
    const about = await press(buttonsIn(await card()).Category)
    expect(filled(about.form)).toEqual({ category: '27' })
    expect((await send(about.form?.action, { category: '28' })).said).toContain(
      'The video on YouTube is updated.',
    )
    expect(google.world.videos.at(-1)?.snippet).toMatchObject({ categoryId: '28' })
    const details = await press(buttonsIn(await card())['Update details'])
    expect(details.form?.fields).toHaveLength(5)
    const changed = await send(details.form?.action, {
      ...filled(details.form),
      ...{ title: 'Later', publishAt: '2100-01-31 18:00' },
    })
    expect(changed.said).toBe('The video on YouTube is updated. Visibility: Private')
    expect(google.world.videos.at(-1)).toMatchObject({
      snippet: { title: 'Later', categoryId: '28' },
      status: { publishAt: '2100-01-31T18:00:00.000Z', selfDeclaredMadeForKids: true },
    })
    expect(saidIn(await card())).toContain('public from 2100-01-31T18:00:00.000Z')
    const published = await press(buttonsIn(await card())['Make public'], { words: ko })
    expect(published.said).toBe('YouTube 정보를 수정했습니다. 공개 범위: 공개')
    expect(google.world.videos.at(-1)?.status).not.toHaveProperty('publishAt')
    await press(encodeAction('reopen', draftId))
    expect(Object.keys(buttonsIn(await card()))).toEqual(['Update details', 'Category'])
    const wrong = await send(details.form?.action, { ...filled(details.form), publishAt: 'tomorrow' })
    expect(Object.keys(wrong.refused?.errors ?? {})).toEqual(['publishAt'])
  })

  it('that failed says why in the reader’s language, and can be tried again', async () => {
    const { card, press, send, draftId } = await shown({ language: 'ko' })
    google.world.refusal = { status: 400, reason: 'uploadLimitExceeded', message: 'The user has exceeded …' }
    const { form } = await press(encodeAction('upload_form', draftId))
    await send(form?.action, { ...filled(form), declaration: 'plain' })
    await done(draftId)
    const failed = await card()
    expect(saidIn(failed)).toBe(
      '업로드하지 못했습니다. 오늘은 이 채널에 더 올릴 수 없습니다. 내일 다시 시도해 주세요.',
    )
    google.world.refusal = null
    google.world.isAudited = false
    const again = await press(buttonsIn(failed)['업로드…'])
    await send(again.form?.action, { ...filled(again.form), declaration: 'plain', privacy: 'unlisted' })
    await done(draftId)
    google.world.isAudited = true
    expect(saidIn(await card())).toContain('YouTube가 비공개 상태로 두었습니다.')
  })

  it('can be cancelled while it goes on', async () => {
    const { card, press, send, draftId } = await shown()
    const before = google.requests.length
    google.fault = ({ method }) => (method === 'PUT' ? { kind: 'silence' } : null)
    const { form } = await press(encodeAction('upload_form', draftId))
    await send(form?.action, { ...filled(form), declaration: 'plain' })
    await vi.waitUntil(() => google.requests.slice(before).some(({ method }) => method === 'PUT'), PATIENCE)
    expect(google.world.sessions.size).toBeGreaterThan(0)
    const going = await card()
    expect(going?.blocks[0]).toMatchObject({ type: 'progress', label: 'Uploading to “Bee TV” on YouTube' })
    await press(buttonsIn(going)['Cancel upload'])
    google.fault = null
    expect(saidIn(await card())).toBe('The upload was cancelled.')
    expect((await press(encodeAction('cancel_upload', draftId))).said).toContain('nothing to cancel')
  })

  it('can be chosen before the render, and follows it', async () => {
    const { core } = program()
    const { press, send, chat } = desk(program)
    const draftId = await program().ready()
    const { form } = await press(encodeAction('look_form', draftId))
    const upload = form?.fields.find(({ id }) => id === 'upload')
    expect(upload).toMatchObject({ value: 'no' })
    const labels = upload?.type === 'select' ? upload.options.map(({ label }) => label) : []
    expect(labels[1]).toBe('Upload as private: not made for kids, no realistic AI scenes')
    expect(Math.max(...labels.map((label) => label.length))).toBeLessThanOrEqual(75)
    const before = google.world.videos.length
    await send(form?.action, { ...filled(form), upload: 'synthetic' })
    // It is a setting of the draft; the render takes it as it is, and the film doesn't depend on it.
    expect((await program().load(draftId)).draft).toMatchObject({ uploadAfter: 'synthetic' })
    await program().threads.settled()
    const said = () => chat.posted.map(({ view }) => saidIn(view)).join('\n')
    expect(said()).toContain('Upload to “Bee TV” as private when done')
    await press(encodeAction('undo', draftId))
    expect((await program().load(draftId)).draft.uploadAfter).toBeNull()
    await press(encodeAction('redo', draftId))
    await press(encodeAction('render', draftId))
    await done(draftId)
    const jobs = await core.db.fork().find(JobEntity, { draftId, kind: ['finalize', 'upload'] })
    const [url] = [...new Set(jobs.map(({ youtubeUrl }) => youtubeUrl))]
    expect(jobs.map(({ state }) => state)).toEqual(['done', 'done'])
    expect(url).toBe(`https://youtu.be/${google.world.videos.at(-1)?.id}`)
    expect(google.world.videos.slice(before)).toMatchObject([
      { status: { privacyStatus: 'private', selfDeclaredMadeForKids: false, containsSyntheticMedia: true } },
    ])
  })

  it('can be chosen in a form of an earlier version, which rendered as well', async () => {
    const { send } = desk(program)
    const draftId = await program().ready()
    const values = { template: 'clean', music: 'none', volume: '20', upload: 'kids' }
    await send(encodeAction('render', draftId, 0, 1), values)
    await done(draftId)
    expect(google.world.videos.at(-1)?.status).toMatchObject({ selfDeclaredMadeForKids: true })
  })

  it('that was chosen keeps no video from being made once no channel is linked', async () => {
    const { core } = program()
    const draftId = await program().ready()
    const { draft } = await program().load(draftId)
    const em = core.db.fork()
    const unlinked = { ...draft, uploadAfter: 'plain', accountId: 99 } as const
    expect(await uploadAfterRender(core, em, unlinked, false)).toBeNull()
    await expect(uploadAfterRender(core, em, unlinked, true)).rejects.toMatchObject({
      code: 'upload_not_configured',
    })
  })

  it('is refused before a render that it could not follow', async () => {
    const { core } = program()
    const draftId = await program().ready()
    await core.db.fork().nativeUpdate(DraftEntity, { draftId }, { title: 'a < b' })
    await expect(requestRender(core, scope(draftId, ANN), { uploadAfter: 'plain' })).rejects.toMatchObject({
      code: 'has_angle_brackets',
    })
    expect((await program().load(draftId)).draft.status).toBe('assets_ready')
  })

  it('is not offered where no channel is linked', async () => {
    const workspace = 'test:elsewhere'
    const { card, press, draftId } = await shown({ workspace })
    expect(await card()).toBeUndefined()
    const answer = await press(encodeAction('upload_form', draftId), { workspace })
    expect(answer.said).toBe('Uploading needs a YouTube account, and none is connected.')
    expect(PLACE.workspace).not.toBe(workspace)
  })
})
