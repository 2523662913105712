/** “(please) make (me) a (short) video about”, and shorter forms. */
const ENGLISH =
  /^(?:please\s+|can you\s+|could you\s+)?(?:(?:make|create|start|write|generate|produce|do|new|begin)\s+)?(?:(?:me|us)\s+)?(?:(?:a|an|another|one|the|my|our)\s+)?(?:(?:new|short|quick|little|nice|narrated)\s+)*(?:video|draft|clip|film|movie|reel|short|story)\s+(?:about|on|of|for|explaining|showing|that explains)\s+/iu
const ENGLISH_VERB = /^(?:please\s+)?(?:make|create|generate|produce)\s+(?:(?:me|us)\s+)?/iu
/** “…에 대한 (짧은) 영상(을) 만들어 줘”. */
const KOREAN =
  /\s*(?:에 대한|에 관한|에 대해서?|에 관해서?|관련|로|으로)?\s*(?:(?:짧은|새|새로운)\s*)?(?:영상|동영상|비디오|초안|클립)(?:을|를)?\s*(?:하나\s*)?(?:만들어|제작해|시작해|작성해)\s*(?:줘요?|주세요|주실래요|줄래|라|봐)?[.!?~\s]*$/u

/** The topic of a video request, be it a sentence or just a few words. */
export function askedTopic(text: string): string {
  const said = text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
  const topic = said.replace(ENGLISH, '').replace(KOREAN, '')
  const bare = topic === said ? said.replace(ENGLISH_VERB, '') : topic
  return bare.replace(/[.!?]+$/u, '').trim() || said
}
