import { createDrawnFootage } from '../../../../src/core/providers/footage/drawn.ts'
import { createEspeakVoice } from '../../../../src/core/providers/voice/espeak.ts'
import { describeFootageProvider } from './footage.ts'
import { describeVoiceProvider } from './voice.ts'

describeVoiceProvider('eSpeak', async () => {
  const provider = createEspeakVoice()
  return { provider, close: () => provider.close() }
})

describeFootageProvider('The drawn scenes', async () => {
  const provider = createDrawnFootage()
  return { provider, close: () => provider.close() }
})
