import { writeFileSync } from 'node:fs'
import loadEspeak from '@echogarden/espeak-ng-emscripten'
import type { EspeakAnswer, EspeakTask, SpeechEvent } from './espeak-pool.ts'

/**
 * Runs as a process of its own, because eSpeak NG is under GPL-3 and must not be part of the program: it is
 * spoken to by messages only. One task after another; it ends when its parent hangs up or dies.
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
  const pieces: Int16Array[] = []
  const events: SpeechEvent[] = []
  worker.synthesize(task.text, (samples, reported) => {
    pieces.push(samples)
    for (const event of reported) {
      const at = event.audio_position / 1000
      if (event.type === 'word') events.push({ kind: 'word', position: event.text_position - 1, at })
      else if (event.type === 'phoneme') events.push({ kind: 'phoneme', name: String(event.id ?? ''), at })
      else if (event.type === 'end') events.push({ kind: 'phoneme', name: '', at })
    }
    return false
  })
  const samples = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const rate = worker.get_samplerate()
  writeFileSync(task.file, wav(pieces, samples, rate))
  return { ok: true, events, seconds: samples / rate }
}

/** 16-bit mono WAV with the plain 44-byte header. */
function wav(pieces: Int16Array[], samples: number, rate: number): Buffer {
  const file = Buffer.alloc(44 + samples * 2)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(36 + samples * 2, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(samples * 2, 40)
  let offset = 44
  for (const piece of pieces) {
    Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).copy(file, offset)
    offset += piece.byteLength
  }
  return file
}
