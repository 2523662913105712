import { afterEach, describe, expect, it } from 'vitest'
import { encodeAction } from '../../../src/bot/view/action-id.ts'
import { wordsFor } from '../../../src/bot/words/index.ts'
import { insertSegment, removeSegment } from '../../../src/core/draft/arrange.ts'
import { desk as deskOf, filled, readyDraft } from '../../factories/desk.ts'
import { BEN } from '../../factories/people.ts'
import { scope, sharedProgram } from '../../factories/program.ts'
import { buttonsIn, saidIn } from '../../fakes/chat.ts'

const program = sharedProgram()
const desk = () => deskOf(program)

afterEach(async () => {
  await program().threads.settled()
})

async function ready() {
  const draft = await readyDraft(program)
  const order = async () => (await draft.load()).segments.map(({ text }) => text.split(' ')[0])
  const { segments } = await draft.load()
  return {
    ...draft,
    order,
    ids: segments.map(({ id }) => id),
    arrange: encodeAction('arrange_form', draft.draftId),
  }
}

describe('the list of all segments', () => {
  it('is opened with a line for each, and saved', async () => {
    const { press, send } = desk()
    const { arrange, order } = await ready()
    const { form } = await press(arrange)
    const list = String(filled(form).order)
    expect(list.split('\n').map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      '1. One',
      '2. Four',
      '3. Seven',
    ])
    expect(form?.fields).toMatchObject([{ multiline: true, maxLength: 3000, required: true }])
    const { refused, privately } = await send(form?.action, { order: list.split('\n').reverse().join('\n') })
    expect([refused, privately]).toEqual([undefined, []])
    expect(await order()).toEqual(['Seven', 'Four', 'One'])
  })

  it('comes back with what is wrong, and as it was typed', async () => {
    const { press, send } = desk()
    const { arrange, order } = await ready()
    const { form } = await press(arrange)
    const typed = { order: '3\n1\n3' }
    const { refused } = await send(form?.action, typed)
    expect(refused?.errors).toEqual({
      order: 'Segment 3 is in the list twice. Delete one of the two lines.',
    })
    expect(await order()).toEqual(['One', 'Four', 'Seven'])
    const again = await press(buttonsIn(refused?.view)['Edit again'])
    expect([filled(again.form), again.form?.action]).toEqual([typed, form?.action])
    await send(again.form?.action, { order: '3\n1' })
    expect(await order()).toEqual(['Seven', 'One'])
  })

  it('that came too late shows both orders, and lets the person choose', async () => {
    const { press, send } = desk()
    const { core } = program()
    const { arrange, order, draftId, ids } = await ready()
    const { form } = await press(arrange)
    await insertSegment(core, scope(draftId, BEN), ids[0] ?? 0, { text: 'Ben was here first.' })
    const late = await send(form?.action, { order: '3\n1\n2' })
    expect(late.refused).toBeUndefined()
    expect(late.said).toContain("Ben changed this while you were editing. Your edit isn't saved yet.")
    expect(late.said).toMatch(/1\. One[^\n]*\n2\. Ben was here first\.\n3\. Four/)
    expect(late.said).toMatch(/4\. Seven[^\n]*\n1\. One[^\n]*\n2\. Ben was here first\.\n3\. Four/)
    const offered = buttonsIn(late.view)
    expect(Object.keys(offered)).toEqual(['Use mine', "Keep Ben's", 'Edit again'])
    expect(await order()).toEqual(['One', 'Ben', 'Four', 'Seven'])
    // The form comes back with the current numbers.
    const again = await press(offered['Edit again'])
    expect(
      String(filled(again.form).order)
        .split('\n')
        .map((line) => line.slice(0, 2)),
    ).toEqual(['4.', '1.', '2.', '3.'])
    expect((await press(offered['Use mine'])).said).toBe('Saved.')
    expect(await order()).toEqual(['Seven', 'One', 'Ben', 'Four'])
    // Too late again.
    const third = await send(again.form?.action, { order: '1' })
    expect(third.said).toContain('changed this while you were editing')
    expect((await press(buttonsIn(third.view)["Keep Ann's"])).said).toBe('OK, nothing was changed.')
    expect(await order()).toEqual(['Seven', 'One', 'Ben', 'Four'])
  })

  it('asks nothing where the same has been done already', async () => {
    const { press, send } = desk()
    const { arrange, order, draftId, ids } = await ready()
    const { form } = await press(arrange)
    await removeSegment(program().core, scope(draftId, BEN), ids[1] ?? 0)
    const { privately, acknowledged } = await send(form?.action, { order: '1\n3' })
    expect([privately, acknowledged]).toEqual([[], 1])
    expect(await order()).toEqual(['One', 'Seven'])
  })
})

describe('Move to…', () => {
  it('asks for a number, and moves the segment there', async () => {
    const { press, send } = desk()
    const { draftId, ids, order } = await ready()
    const { form } = await press(encodeAction('move_form', draftId, ids[2]))
    expect(form).toMatchObject({
      title: 'Move segment 3',
      fields: [{ value: '3', hint: 'A number from 1 to 3' }],
    })
    const { refused } = await send(form?.action, { place: '4' })
    expect(refused?.errors).toEqual({ place: 'The position must be a number from 1 to 3.' })
    const again = await press(buttonsIn(refused?.view)['Edit again'])
    expect(filled(again.form)).toEqual({ place: '4' })
    await send(again.form?.action, { place: ' ２. ' })
    expect(await order()).toEqual(['One', 'Seven', 'Four'])
    for (const place of ['', 'first', '1.5', '-1', '1 2'])
      expect((await send(form?.action, { place })).refused?.errors).toEqual({
        place: 'The position must be a number from 1 to 3.',
      })
    await send(form?.action, { place: '1번째' })
    expect(await order()).toEqual(['Seven', 'One', 'Four'])
  })
})

describe('a menu of which Slack shows a part', () => {
  it('is shown whole to one person, with all that can be done', async () => {
    const { press } = desk()
    const { draftId, ids, order } = await ready()
    const { view, said } = await press(encodeAction('whole_menu', draftId, ids[1]))
    expect(said).toBe('Segment 2 of 3')
    expect(Object.keys(buttonsIn(view))).toEqual(
      expect.arrayContaining(['Move to…', 'Insert after', 'Split in two', 'Move up', 'Move down', 'Remove']),
    )
    await press(buttonsIn(view)['Move up'])
    expect(await order()).toEqual(['Four', 'One', 'Seven'])
    const korean = await press(encodeAction('whole_menu', draftId, ids[1]), { words: wordsFor('ko') })
    expect(Object.keys(buttonsIn(korean.view))).toContain('아래로')
    expect((await press(encodeAction('whole_menu', draftId, 987_654))).said).toBe(
      'That segment is no longer in the draft.',
    )
    expect(saidIn(view)).not.toBe('')
  })
})
