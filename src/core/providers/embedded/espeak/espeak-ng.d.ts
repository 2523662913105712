/** The part of eSpeak NG's Emscripten build that we use; the package has no types. */
declare module '@echogarden/espeak-ng-emscripten' {
  export interface EspeakEvent {
    type: 'word' | 'phoneme' | 'end' | 'sentence' | 'samplerate' | 'mark' | 'play' | 'list_terminated'
    /** Code points into the text, from 1. */
    text_position: number
    word_length: number
    /** Milliseconds from the start of the audio. */
    audio_position: number
    /** A phoneme's name in IPA (empty for a pause), or a number. */
    id: string | number | undefined
  }

  export interface EspeakWorker {
    /** 0 if the voice exists. */
    set_voice(name: string): number
    /** Words per minute, 80 to 450. */
    set_rate(wordsPerMinute: number): void
    get_samplerate(): number
    /** Calls back for each chunk of audio; returning true stops it. */
    synthesize(text: string, onPiece: (samples: Int16Array, events: EspeakEvent[]) => boolean): void
  }

  export default function load(): Promise<{ eSpeakNGWorker: new () => EspeakWorker }>
}
