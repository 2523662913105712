import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { removeExpired } from '../../../../src/core/draft/expire.ts'
import { deleteDraft } from '../../../../src/core/draft/remove.ts'
import { filesBeside } from '../../../../src/core/model/film-files.ts'
import { DraftEntity } from '../../../../src/db/entities/draft.ts'
import { finishedDraft } from '../../../factories/finished-draft.ts'
import { scope, testProgram } from '../../../factories/program.ts'
import { webOf } from '../../../factories/web.ts'

const DAY = 24 * 3_600_000
const WEB_URL = 'https://rushes.example.com'

it('gives files of a finished film to who has their address, for a week and as long as the draft is there', async () => {
  let now = Date.now()
  const program = await testProgram({ env: { WEB_URL }, clock: () => new Date(now) })
  const { core } = program
  const origin = await webOf(program, null)
  const { draftId, film, sha256 } = await finishedDraft(core)
  const addressOf = (file: string) => core.links.file(draftId, file)?.replace(WEB_URL, origin) ?? ''
  expect(core.links.studio(draftId)).toBe(`${WEB_URL}/draft/${draftId}`)

  const address = addressOf(film)
  const answer = await fetch(address)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'video/mp4'])
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  const captions = await fetch(addressOf(filesBeside(film).subtitles))
  expect(await captions.text()).toContain('Bees.')

  const status = async (url: string) => (await fetch(url)).status
  const other = addressOf('voices/a.wav')
  for (const wrong of [other, `${address}A`, `${origin}/shared/..%2f..%2fetc%2fpasswd`, `${origin}/shared/x`])
    expect(await status(wrong), wrong).toBe(404)
  now += 8 * DAY
  expect(await status(address)).toBe(404)
  const later = addressOf(film)
  expect(await status(later)).toBe(200)
  await deleteDraft(core, scope(draftId))
  expect(await status(later)).toBe(404)

  // A film that outlives its draft for a while is no longer shared either.
  const others = [await finishedDraft(core), await finishedDraft(core)] as const
  const addresses = others.map(({ film, draftId }) =>
    core.links.file(draftId, film)?.replace(WEB_URL, origin),
  )
  for (const address of addresses) expect(await status(address ?? '')).toBe(200)
  await deleteDraft(core, scope(others[0].draftId), { keepFiles: true })
  const untouched = new Date(now - 40 * DAY)
  const aged = { updatedAt: untouched, expiryNoticeAt: untouched }
  await core.db.fork().nativeUpdate(DraftEntity, { draftId: others[1].draftId }, aged)
  expect((await removeExpired(core, { now: new Date(now), ttlDays: 30 })).drafts).toBe(1)
  for (const [index, { film }] of others.entries()) {
    expect(await core.store.has(film)).toBe(true)
    expect(await status(addresses[index] ?? '')).toBe(404)
  }
})

it('has no addresses for others where it is reached on this machine alone', async () => {
  const { core } = await testProgram({ env: { WEB_URL: 'http://localhost:8787' } })
  expect([core.links.studio('draft_1'), core.links.file('draft_1', 'videos/a.mp4')]).toEqual([null, null])
})
