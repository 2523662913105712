import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeAction } from '../../src/bot/view/action-id.ts'
import type { Block, MessageView, Select } from '../../src/bot/view/types.ts'
import { DraftEntity } from '../../src/db/entities/draft.ts'
import { type RealProgram, realProgram, textOf } from '../factories/real-program.ts'
import { fakeProviders } from '../fakes/providers.ts'
import { OPENAI_TEST_KEY, type OpenAiServer, startOpenAi } from '../servers/openai.ts'

let openai: OpenAiServer
let program: RealProgram

beforeAll(async () => {
  openai = await startOpenAi()
  program = await realProgram(
    { OPENAI_API_KEY: OPENAI_TEST_KEY, OPENAI_BASE_URL: openai.baseURL },
    { footage: fakeProviders().providers.footage },
  )
})
afterAll(async () => {
  await program?.end()
  await openai?.close()
})

function selectOf(view: MessageView): Select | undefined {
  return view.blocks.flatMap((block: Block) => (block.type === 'select' ? [block.select] : []))[0]
}

describe('a draft without a topic', () => {
  it('uses the first of three proposals and offers the others, each for a draft of its own', async () => {
    const first = await program.create({
      duration: 10,
      format: 'landscape',
      style: 'calm',
      music: 'dramatic',
    })
    const { draft } = await program.load(first)
    // Those of other tests are older.
    const drafts = () =>
      program.core.db.fork().find(DraftEntity, { id: { $gte: draft.id } }, { orderBy: { id: 'asc' } })
    expect(draft).toMatchObject({
      topic: 'Why the sea is salt',
      otherTopics: ['How bees dance', 'The first film'],
    })
    const offered = selectOf(program.message(first))
    expect(offered?.options.map(({ label }) => label)).toEqual(['How bees dance', 'The first film'])

    const value = offered?.options[0]?.value ?? ''
    const answer = await program.press(offered?.action ?? '', value)
    expect(answer.privately.map(({ summary }) => summary)).toEqual(['Your draft is on its way:'])
    const [one, two, ...others] = await drafts()
    expect([one?.topic, two?.topic, others]).toEqual(['Why the sea is salt', 'How bees dance', []])
    for (const kept of [
      'format',
      'targetDuration',
      'style',
      'language',
      'template',
      'musicMood',
      'channelId',
    ] as const)
      expect(two?.[kept]).toBe(one?.[kept])
    expect(two).toMatchObject({ otherTopics: [], status: 'assets_ready' })
    expect(textOf(program.message(two?.draftId ?? ''))).toContain('Why the sea is salt')

    expect(selectOf(program.message(first))?.options.map(({ label }) => label)).toEqual(['The first film'])
    const again = await program.press(offered?.action ?? '', value)
    expect(again.privately.map(({ summary }) => summary)).toEqual([
      'Someone has already started a draft on this topic.',
    ])
    expect(await drafts()).toHaveLength(2)
  })
})

describe('rewriting a segment by an instruction', () => {
  it('proposes, and changes the text only when it is accepted', async () => {
    const draftId = await program.create({ topic: 'The sea', duration: 10 })
    const [segment] = (await program.load(draftId)).segments
    const before = segment?.text ?? ''
    openai.answers = [{ text: 'Calmly, the rivers bring their salt.' }]
    const form = encodeAction('rewrite_form', draftId, segment?.id)
    const { privately } = await program.fillIn(form, { instruction: 'calmer' })
    const asked = JSON.stringify(
      openai.requests.findLast(({ path }) => path === '/v1/chat/completions')?.json,
    )
    expect(asked).toContain('calmer')
    expect(asked).toContain(before)
    expect(textOf(privately[0] ?? failed())).toContain('Calmly, the rivers bring their salt.')
    const current = async () => (await program.load(draftId)).segments[0]
    expect((await current())?.text).toBe(before)
    // One answer of 650 tokens for the script, and one for this.
    expect(textOf(program.message(draftId))).toContain('1300 tokens')

    const accept = buttonsOf(privately[0]).find(({ label }) => label === 'Use this text')
    await program.press(accept?.action ?? '')
    expect(await current()).toMatchObject({
      text: 'Calmly, the rivers bring their salt.',
      editedByName: 'Ann',
      voiceError: null,
      ttsProvider: 'openai',
    })
    const spoken = openai.requests.filter(({ path }) => path === '/v1/audio/speech').map(({ json }) => json)
    expect(spoken).toContainEqual(expect.objectContaining({ input: 'Calmly, the rivers bring their salt.' }))
  })

  it('leaves the text alone when it is not accepted, and shows both when somebody else was quicker', async () => {
    const draftId = await program.create({ topic: 'The sea', duration: 10 })
    const [segment] = (await program.load(draftId)).segments
    const current = async () => (await program.load(draftId)).segments[0]?.text
    openai.answers = [{ text: 'First proposal.' }, { text: 'Second proposal.' }]
    const form = encodeAction('rewrite_form', draftId, segment?.id)
    const first = await program.fillIn(form, { instruction: 'shorter' })
    const keep = buttonsOf(first.privately[0]).find(({ action }) => action.startsWith('dismiss'))
    await program.press(keep?.action ?? '')
    expect(await current()).toBe(segment?.text)

    const second = await program.fillIn(form, { instruction: 'shorter' })
    await program.fillIn(encodeAction('edit_form', draftId, segment?.id), { text: 'Meanwhile by hand.' })
    const accept = buttonsOf(second.privately[0]).find(({ label }) => label === 'Use this text')
    const { privately } = await program.press(accept?.action ?? '')
    expect(await current()).toBe('Meanwhile by hand.')
    const shown = privately.map(textOf).join()
    expect(shown).toContain('Second proposal.')
    expect(shown).toContain('Meanwhile by hand.')
  })

  it('says in one sentence why there is no proposal', async () => {
    const draftId = await program.create({ topic: 'The sea', duration: 10 })
    const [segment] = (await program.load(draftId)).segments
    openai.fault = () => ({ kind: 'status', status: 401 })
    const form = encodeAction('rewrite_form', draftId, segment?.id)
    const { privately } = await program.fillIn(form, { instruction: 'shorter' })
    openai.fault = null
    const said = privately.map(textOf).join()
    expect(said).toContain('The script service did not accept the API key (401).')
    expect(said).not.toContain(OPENAI_TEST_KEY)
    expect((await program.load(draftId)).segments[0]?.text).toBe(segment?.text)
  })
})

function buttonsOf(view: MessageView | undefined) {
  return (view?.blocks ?? []).flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
}

function failed(): never {
  throw new Error('there was no private answer')
}
