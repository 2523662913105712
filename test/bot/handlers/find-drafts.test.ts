import { describe, expect, it } from 'vitest'
import { EVERYTHING, NOTHING } from '../../../src/bot/handlers/access.ts'
import { handleTopic } from '../../../src/bot/handlers/offer-topic.ts'
import { DraftEntity } from '../../../src/db/entities/draft.ts'
import { JobEntity } from '../../../src/db/entities/job.ts'
import { KeptFormEntity } from '../../../src/db/entities/kept-form.ts'
import { SegmentEntity } from '../../../src/db/entities/segment.ts'
import { desk as deskAt } from '../../factories/desk.ts'
import { PLACE } from '../../factories/people.ts'
import { sharedProgram } from '../../factories/program.ts'
import { draftRow, jobRow, segmentRow } from '../../factories/rows.ts'
import { buttonsIn, fakeRequest, saidIn } from '../../fakes/chat.ts'

const program = sharedProgram({ start: false })
const desk = () => deskAt(program)

/** Drafts in a separate workspace. */
async function drafts(workspace: string, rows: Parameters<typeof draftRow>[0][], text = '') {
  const em = program().core.db.fork()
  for (const [index, row] of rows.entries()) {
    const draftId = `draft_${workspace.replace(':', '_')}_${index}`
    const { id, version, ...draft } = draftRow({ ...PLACE, workspace, draftId, ...row })
    await em.insert(DraftEntity, { ...draft, createdAt: new Date(1e12 + index) })
    if (text === '') continue
    const { id: _id, ...segment } = segmentRow({ draftId, text })
    await em.insert(SegmentEntity, segment)
  }
}

describe('/draft list', () => {
  it('finds by words of titles, topics and texts, whatever their accents and case', async () => {
    const { command } = desk()
    const workspace = 'test:words'
    await drafts(workspace, [
      { title: 'Le Café des abeilles', topic: 'x' },
      { title: 'One', topic: '꿀벌은 왜 춤을 출까' },
      { title: 'ŁÓDŹ 50%', topic: 'y' },
    ])
    const titles = async (words: string) => {
      const { said, view } = await command('list', { words }, { workspace })
      return view?.tone === 'neutral'
        ? said
            .split('\n')
            .slice(1)
            .map((line) => line.split(' · ')[0])
        : said
    }
    expect(await titles('CAFE')).toEqual(['Le Café des abeilles'])
    expect(await titles('abeilles cafe')).toEqual(['Le Café des abeilles'])
    expect(await titles('꿀벌')).toEqual(['One'])
    expect(await titles('꿀벌'.normalize('NFD'))).toEqual(['One'])
    // Syllables are compared whole: 꾸 doesn't match 꿀.
    expect(await titles('꾸')).toEqual([])
    expect(await titles('lodz')).toEqual(['ŁÓDŹ 50%'])
    expect(await titles('5_%')).toEqual([])
    const nothing = await command('list', { words: 'whales', status: 'finalized' }, { workspace })
    expect(nothing.said).toBe('No drafts match “whales” · Finished.')
    const all = await desk().press(buttonsIn(nothing.view)['List of drafts'], { workspace })
    expect(all.said).toMatch(/^3 drafts\n/)
  })

  it('finds by the narration', async () => {
    const workspace = 'test:texts'
    await drafts(workspace, [{ title: 'One' }], 'Bees waltz in the hive.')
    const { said } = await desk().command('list', { words: 'WALTZ' }, { workspace })
    expect(said).toMatch(/^1 draft · “WALTZ”\nOne /)
  })

  it('finds by who started it, of those that the person may see, and by status', async () => {
    const { command } = desk()
    const workspace = 'test:people'
    const ann = { authorId: 'U1', authorName: 'Ann Lee' }
    await drafts(workspace, [
      { ...ann, title: 'Bees', status: 'converting' },
      { ...ann, title: 'Wasps', status: 'finalized' },
      { authorId: 'U2', authorName: 'Annika', title: 'Bees too', status: 'converting' },
      { authorId: 'U3', authorName: '김민지', title: 'Secret', channelId: 'hidden' },
    ])
    const access = {
      at: async ({ channelId }: { channelId: string }) => (channelId === 'hidden' ? NOTHING : EVERYTHING),
    }
    const said = async (options: Record<string, string>) =>
      (await command('list', options, { workspace, access })).said
    expect(await said({ person: 'id:U1' })).toMatch(/^2 drafts · by Ann Lee\nWasps .*\nBees · .*$/)
    expect(await said({ person: '@ann', words: 'Lee bees' })).toMatch(/^1 draft · “bees” · by Ann Lee\nBees /)
    expect(await said({ person: '@ann', words: 'bees', status: 'converting' })).toMatch(
      /^2 drafts · “bees” · by Annika, Ann Lee · Rendering\n/,
    )
    expect(await said({ person: '@ann.lee' })).toMatch(/^2 drafts · by Ann Lee\n/)
    expect(await said({ person: '@김민지' })).toBe(
      'No one called “김민지” has started a draft that you can see.',
    )
    expect(await said({ person: 'id:U3' })).not.toContain('Secret')
  })

  it('keeps what it is limited to from page to page, for this person alone, also after a restart', async () => {
    const { command, press } = desk()
    const workspace = 'test:kept-pages'
    await drafts(
      workspace,
      Array.from({ length: 25 }, (_, index) => ({ title: index % 2 === 0 ? `Bees ${index}` : 'Wasps' })),
    )
    const first = await command('list', { words: 'bees', status: 'assets_ready' }, { workspace })
    expect(first.said).toMatch(/^Drafts 1 to 10 of 13 · “bees” · Ready to render\nBees 24 /)
    const second = await press(buttonsIn(first.view).Older, { workspace })
    expect(second.said).toMatch(/^Drafts 11 to 13 of 13 · “bees” · Ready.*\nBees 4 .*\nBees 2 .*\nBees 0 /)
    const back = await press(buttonsIn(second.view).Newer, { workspace })
    expect(back.said).toBe(first.said)
    // A single form is kept, however many pages are viewed.
    expect(await program().core.db.fork().count(KeptFormEntity, { workspace })).toBe(1)
    const other = { workspace, actor: { id: 'eve', name: 'Eve' } }
    expect((await press(buttonsIn(first.view).Older, other)).said).toBe(
      'This list has expired. Type /draft list again.',
    )
    // A button from earlier versions.
    expect((await press('list_page:assets_ready:0:1', { workspace })).said).toMatch(/^Drafts 11 to 20 of 25/)
  })
})

describe('what is not there', () => {
  it('is answered with a button to the list', async () => {
    const { command, press } = desk()
    const workspace = 'test:none'
    await drafts(workspace, [{ title: 'Bees' }])
    const missed = await command('show', { draft: 'whales' }, { workspace })
    expect(missed.said).toBe('There is no draft “whales” here.')
    expect((await press(buttonsIn(missed.view)['List of drafts'], { workspace })).said).toMatch(
      /^1 draft\nBees /,
    )
  })

  it('is a topic where it is no command', async () => {
    const { chat, press } = desk()
    const { request, answers } = fakeRequest(chat)
    const options = { topic: 'bees', format: 'square', duration: 90 }
    await handleTopic(program().bot, request, { name: 'make', options })
    const [offer] = answers.privately
    expect(saidIn(offer)).toMatch(
      /^There is no \/draft make command\. Start a draft about “bees”\? Commands: /,
    )
    const more = await press(buttonsIn(offer)['More options'])
    expect(more.form?.fields.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['bees', 'square', '90']),
    )
    await press(buttonsIn(offer).Start)
    const job = await program().core.db.fork().findOneOrFail(JobEntity, { kind: 'create' })
    expect(job.payload).toMatchObject({
      request: { topic: 'bees', format: 'square', targetDuration: 90 },
    })
  })
})

it('/draft jobs leads to the drafts by their titles', async () => {
  const workspace = 'test:jobs'
  await drafts(workspace, [{ title: 'Bees', threadId: 'thread' }])
  const draftId = 'draft_test_jobs_0'
  const em = program().core.db.fork()
  const row = (jobId: string, draftId: string) => {
    const { id, ...job } = jobRow({ jobId, draftId, workspace, kind: 'finalize', outputDuration: 12 })
    return em.insert(JobEntity, { ...job, requesterName: 'Ann' })
  }
  await row('job_1', draftId)
  const { said, view } = await desk().command('jobs', {}, { workspace })
  expect(said).toMatch(/^Renders\nBees( <[^>]*>)? · [a-z ]+ · Ann · 12 s · /)
  expect(view?.summary).toBe('Renders')
})
