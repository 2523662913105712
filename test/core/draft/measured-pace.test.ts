import { describe, expect, it } from 'vitest'
import { measuredPace } from '../../../src/core/draft/measured-pace.ts'
import type { ScriptRequest } from '../../../src/core/model/providers.ts'
import { testProgram } from '../../factories/program.ts'
import { fakeProviders } from '../../fakes/providers.ts'

const LONG = 'The harbour sleeps while small boats knock against the old wooden pier all night long.'
const ENGLISH = { language: 'en', voice: null, voiceSpeed: 1 }

/** Claims to speak 10 characters a second, but speaks 15. */
function slowInItsOwnEyes() {
  const fakes = fakeProviders([LONG, `Then ${LONG}`, `Later ${LONG}`, `Again ${LONG}`])
  fakes.pace = 15
  fakes.providers.voice = fakes.providers.voice.map((voice) => ({ ...voice, pace: () => 10 }))
  return fakes
}

describe('the pace of a voice', () => {
  it('is what it says of itself, until enough of it has been heard in that language', async () => {
    const fakes = slowInItsOwnEyes()
    const asked: ScriptRequest[] = []
    const [writer] = fakes.providers.script
    if (!writer) throw new Error('there is no writer')
    const write: typeof writer.write = (request, signal) => {
      asked.push(request)
      return writer.write(request, signal)
    }
    fakes.providers.script = [{ ...writer, write }]
    const { core, draft } = await testProgram({ fakes })
    await draft({ topic: 'Boats', voiceSpeed: 2 })
    await draft({ topic: 'More boats' })
    expect(asked.map(({ charactersPerSecond }) => charactersPerSecond)[0]).toBe(20)
    const second = asked[1]?.charactersPerSecond ?? 0
    expect(second).toBeGreaterThan(13)
    expect(second).toBeLessThan(15)

    expect(await measuredPace(core, { ...ENGLISH, voiceSpeed: 2 })).toBeGreaterThan(26)
    expect(await measuredPace(core, { ...ENGLISH, language: 'ko' })).toBe(10)
    expect(await measuredPace(core, { ...ENGLISH, voice: 'nova' })).toBe(10)
  })

  it('is not taken for more than twice what it says of itself', async () => {
    const fakes = slowInItsOwnEyes()
    fakes.providers.voice = fakes.providers.voice.map((voice) => ({ ...voice, pace: () => 4 }))
    const { core, draft } = await testProgram({ fakes })
    await draft({ topic: 'Boats' })
    expect(await measuredPace(core, ENGLISH)).toBe(8)
  })
})
