import { createDrawnFootage } from '../../../../src/core/providers/embedded/drawn/drawn.ts'
import { createEspeakVoice } from '../../../../src/core/providers/embedded/espeak/espeak.ts'
import { createOutlineWriter } from '../../../../src/core/providers/embedded/outline/outline.ts'
import { describeFootageProvider } from './footage.ts'
import { describeScriptProvider } from './script.ts'
import { describeVoiceProvider } from './voice.ts'

describeScriptProvider('The outline writer', async () => ({ provider: createOutlineWriter() }))

describeVoiceProvider('eSpeak', async () => {
  const provider = createEspeakVoice()
  return { provider, close: () => provider.close() }
})

describeFootageProvider('The drawn scenes', async () => {
  const provider = createDrawnFootage()
  return { provider, close: () => provider.close() }
})
