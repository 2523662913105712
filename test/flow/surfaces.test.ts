import { describe, expect, it } from 'vitest'
import { startDiscordFlow } from './discord-driver.ts'
import { type FlowDriver, LAST } from './driver.ts'
import { startSlackFlow } from './slack-driver.ts'

const until = { timeout: 40_000, interval: 50 }

/** The narrations that the segments show, in order. */
function narrations(flow: FlowDriver): (string | undefined)[] {
  return flow.segments().map((segment) => /^(?:> )(.*)$/m.exec(segment)?.[1])
}

describe.each([
  ['Discord', startDiscordFlow],
  ['Slack', startSlackFlow],
])('a draft on %s', (_name, start) => {
  it('is made, edited by two people, rendered and reopened', async () => {
    const flow = await start('Tea', ['First one. First two.', 'Second.'])
    expect(flow.top()).toContain('Tea')
    expect(flow.last()).toContain('[Render]')
    expect(narrations(flow)).toEqual(['First one. First two.', 'Second.'])

    // A bad value changes nothing and comes back; the same person tries again.
    await (await flow.form('ann', 2, 'Edit'))({ Narration: 'Changed.', Duration: 'soon' })
    await expect.poll(() => flow.told('ann'), until).toContain('must be from 1 second to')
    expect(narrations(flow)).toEqual(['First one. First two.', 'Second.'])

    // Two people have the same form open: the second is asked, and loses nothing.
    const sendOfBen = await flow.form('ben', 2, 'Edit')
    await (await flow.form('ann', 2, 'Edit'))({ Narration: 'Ann wrote this.' })
    await expect.poll(() => narrations(flow)[1], until).toBe('Ann wrote this.')
    await sendOfBen({ Narration: 'Ben wrote this.' })
    await expect.poll(() => flow.told('ben'), until).toContain('ann changed this while you were editing')
    expect(flow.told('ben')).toContain('Ben wrote this.')
    expect(narrations(flow)[1]).toBe('Ann wrote this.')

    // The menu, and undoing its actions.
    await flow.choose('ben', 1, 'Split in two')
    await expect.poll(() => narrations(flow), until).toEqual(['First one.', 'First two.', 'Ann wrote this.'])
    await flow.choose('ben', 1, 'Move down')
    await expect.poll(() => narrations(flow), until).toEqual(['First two.', 'First one.', 'Ann wrote this.'])
    await flow.press('ann', LAST, 'Undo')
    await expect.poll(() => narrations(flow), until).toEqual(['First one.', 'First two.', 'Ann wrote this.'])
    await flow.press('ann', 1, 'New take')

    // Rarely needed actions are shown only to the person who asks.
    await flow.press('ben', LAST, 'More…')
    await expect.poll(() => flow.told('ben'), until).toMatch(/draft_\d[\s\S]*\[History\][\s\S]*\[Delete\]/)

    await expect.poll(() => flow.top(), until).toContain('Ready to render')
    await flow.press('ben', LAST, 'Render')
    await expect.poll(() => flow.channel().join(), until).toContain('[Make changes]')
    expect(flow.channel()).toHaveLength(1)
    await expect.poll(() => flow.last(), until).toContain('[Make changes]')
    const endings = (await flow.files('ann')).map((name) => /^job_.*\.(\w+)$/.exec(name)?.[1])
    expect(endings.toSorted()).toEqual(['jpg', 'mp4', 'srt', 'vtt'])
    await flow.press('ann', LAST, 'Make changes')
    await expect.poll(() => flow.last(), until).toContain('[Render]')
    expect(flow.channel()).toHaveLength(1)
    expect(flow.complaints()).toEqual([])
  }, 180_000)
})
