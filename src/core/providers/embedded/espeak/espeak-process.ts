import { writeFileSync } from 'node:fs'
import loadEspeak from '@echogarden/espeak-ng-emscripten'
import { wavHeader } from '../../../media/voice/wav-header.ts'
import type { EspeakAnswer, EspeakTask, SpeechEvent } from './espeak-pool.ts'

/**
 * Runs as a separate process, because eSpeak NG is under GPL-3 and must not be part of the program: it is only sent
 * messages. Does one task after another; exits when its parent disconnects or dies.
 */
process.on('disconnect', () => process.exit(0))

const espeak = await loadEspeak()
const worker = new espeak.eSpeakNGWorker()

process.on('message', (task: EspeakTask) => {
  let answer: EspeakAnswer
  try {
    answer = speak(task)
  } catch (error) {
    answer = { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
  process.send?.(answer)
})

function speak(task: EspeakTask): EspeakAnswer {
  if (worker.set_voice(task.voice) !== 0) return { ok: false, message: `no voice “${task.voice}”` }
  worker.set_rate(task.wordsPerMinute)
  const pieces: Buffer[] = []
  const events: SpeechEvent[] = []
  worker.synthesize(task.text, (samples, reported) => {
    pieces.push(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength))
    for (const event of reported) {
      const at = event.audio_position / 1000
      if (event.type === 'word') events.push({ kind: 'word', position: event.text_position - 1, at })
      else if (event.type === 'phoneme') events.push({ kind: 'phoneme', name: String(event.id ?? ''), at })
      else if (event.type === 'end') events.push({ kind: 'phoneme', name: '', at })
    }
    return false
  })
  const sound = Buffer.concat(pieces)
  const rate = worker.get_samplerate()
  writeFileSync(task.file, Buffer.concat([wavHeader(sound.length, rate), sound]))
  return { ok: true, events, seconds: sound.length / 2 / rate }
}
