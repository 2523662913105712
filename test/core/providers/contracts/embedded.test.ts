import { createDrawnFootage } from '../../../../src/core/providers/footage/drawn.ts'
import { createOutlineWriter } from '../../../../src/core/providers/script/outline.ts'
import { createEspeakVoice } from '../../../../src/core/providers/voice/espeak.ts'
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
