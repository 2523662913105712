import { GAP } from './gaps.ts'

/** Labels of a line's speaker or number, meant for a director and not for the audience. */
const LABEL =
  /^[ \t]*[*_"“]*(?:\[|\()?(?:(?:the |male |female |main )?(?:narrator|narration|voice[- ]?over|v\.?o\.?|announcer|host|presenter|speaker|내레이터|나레이터|내레이션|나레이션|해설|성우|진행자|화자|자막|장면|씬)(?:[ \t]*(?:#?\d{1,2}|[A-C]))?(?:[ \t]*\([^()\n]{1,40}\))?|(?:scene|segment|shot|part|clip|hook|intro|outro|장면|파트)[ \t]*#?\d{0,2})(?:\]|\))?[*_]*[ \t]*[:：][*_]*[ \t]*/gimu
/** Timestamps. */
const TIMES = /[[(]\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[-–—~]\s*\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])]:?/g
/** Square brackets are never spoken: they contain directions, sources or placeholders. */
const SQUARE = /(?<![\p{L}\p{N}_])\[[^[\]\n]{0,200}\](?!\()/gu
/** Text in parentheses or asterisks may be part of the narration; directions are recognised by their words. */
const ASIDE =
  /\(([^()\n]{1,120})\)|（([^（）\n]{1,120})）|(?<![*\p{L}\p{N}])\*([^*\n]{1,120})\*(?![*\p{L}\p{N}])/gu

const DIRECTIONS = [
  // What the camera and the editor do
  /^(?:the |slow |quick |close[- ]?up )*(?:camera|scene|screen|shot|frame|music|sound|audio|title|text|logo|lights?|narrator|voice|video|image|footage|montage)s?\b.*\b(?:zoom|pan|cut|tilt|fade|move|follow|pull|push|track|swell|play|start|stop|begin|end|rise|drop|appear|disappear|show|shift|switch|dissolve|slow|speed|build|crescendo|pause|speak|whisper|transition|open|close)(?:s|ing|es|ed|ping|ming|ning)?\b/i,
  /^(?:smash |jump |match |quick |slow |hard )?(?:cut|fade|zoom|pan|tilt|dissolve|transition|wipe)s?(?:ing)?(?: (?:to|in|out|from|up|down|across|away|over|back|left|right|on)\b|$)/i,
  /^(?:close[- ]?up|wide shot|medium shot|long shot|aerial shot|drone shot|establishing shot|pov|b-?roll|montage|on[- ]screen|text on screen|title card|split screen|visuals?|sfx|vfx|sound effects?|music|voice-?over|v\.?o\.?)\b(?: of\b|:|,|$|[^.]{0,40}$)/i,
  // Sounds
  /^(?:\w+[ -]){0,4}(?:music|melody|jingle|tune|beat|drum ?roll|applause|laughter|sfx|sound effects?|ambience|soundtrack|instrumental|theme song)(?: (?:plays?|playing|begins|starts|fades?|swells?|stops?|continues|in the background|in|out|up|down|and|softly|gently|builds?|building)\b[^.]*)?$/i,
  // Delivery
  /^(?:(?:short|long|brief|dramatic|slight|a|beat of|moment of) )*(?:pauses?|beat|silence)(?: for (?:effect|emphasis|\d+ ?\w*)| \d+ ?\w*)?$/i,
  /^(?:\w+ly |softly |nervously )?(?:laugh|sigh|chuckle|giggle|whisper|gasp|cough|smile|grin|wink|shout|clears? (?:his |her |their )?throat|breathe|inhale|exhale|clap)(?:s|es|ing|ed|ping)?(?: \w+ly)?$/i,
  /^(?:in (?:a|an) (?:\w+[ ,-]+){1,4}(?:tone|voice)|(?:\w+[ ,]+){0,2}(?:tone|voice|excitedly|enthusiastically|dramatically|whispering|upbeat|energetic(?:ally)?|warmly|softly|slowly))$/i,
  // Same, in Korean
  /^(?:[\p{sc=Hang}\s]{0,20})(?:배경\s?음악|음악|효과음|카메라|화면|줌\s?인|줌\s?아웃|페이드\s?(?:인|아웃)|클로즈업|자막|장면\s?전환|컷|비롤|내레이션|나레이션)(?:이|가|을|를|은|는|으로|에|:|,)?(?:\s[\p{sc=Hang}\s,.]{0,40})?$/u,
  /^(?:잠시|짧게|길게)?\s?(?:멈춤|침묵|정적|쉼|웃음|웃으며|한숨|박수|속삭이듯|속삭이며|밝은 목소리로|차분하게|힘차게)$/u,
]

/** A model's text without what it added for a director: labels, timestamps, directions in brackets. */
export function withoutDirections(text: string): string {
  return text
    .replace(TIMES, GAP)
    .replace(LABEL, '')
    .replace(SQUARE, GAP)
    .replace(ASIDE, (aside: string, ...inner: (string | undefined)[]) => {
      const words = inner.slice(0, 3).find((part) => part !== undefined) ?? ''
      return isDirection(words.replace(/[_*.!…]+/g, ' ').trim()) ? GAP : aside
    })
}

function isDirection(words: string): boolean {
  return DIRECTIONS.some((direction) => direction.test(words))
}
