/** What models call the parts of an answer when they don't use the names they were given; most likely first. */
const OTHER_NAMES: Record<string, string> = {
  title: 'videotitle scripttitle headline heading 제목',
  description: 'videodescription summary synopsis caption desc about 설명',
  tags: 'hashtags videotags keywords labels 태그 해시태그',
  segments:
    'scenes shots parts sections clips script scriptsegments segmentlist lines beats paragraphs narration 장면 구간 세그먼트 대본',
  text: 'narration narrationtext voiceover voiceovertext spokentext speech script line content body dialogue newtext newnarration rewritten rewrittentext passage 내레이션 나레이션 대사 본문 내용 텍스트',
  keyword: 'keywords keyphrase mainkeyword highlight keyterm 키워드 핵심어',
  searchQuery:
    'query search footagequery footagesearch videosearch videosearchquery videoquery stockquery stockvideoquery stocksearch imagesearchquery imagequery searchterm searchterms searchkeywords footage visual visuals broll 검색어 영상검색어',
  proposedTopics: 'topics topicideas proposals topicproposals suggestedtopics ideas 주제 제안주제',
}

/** The name an object uses for a part of the shape; undefined if it has none. */
export function findName(wanted: string, having: readonly string[], taken: ReadonlySet<string>) {
  const free = having.filter((name) => name === wanted || !taken.has(name))
  if (free.includes(wanted)) return wanted
  const plain = new Map(free.toReversed().map((name) => [plainName(name), name]))
  for (const other of namesOf(wanted)) {
    const found = plain.get(other) ?? plain.get(`${other}s`) ?? plain.get(other.replace(/s$/, ''))
    if (found !== undefined) return found
  }
  return undefined
}

/** The names of numbered list items that an object holds separately (`segment_1`, `scene 2`), in order. */
export function numberedNames(wanted: string, having: readonly string[]): string[] {
  const names = new Set(namesOf(wanted).flatMap((name) => [name, name.replace(/s$/, '')]))
  return having
    .map((name) => ({ name, parts: /^(.*?)[\s_-]*(\d{1,4})$/.exec(name) }))
    .filter(({ parts }) => parts && names.has(plainName(parts[1] ?? '')))
    .sort((a, b) => Number(a.parts?.[2]) - Number(b.parts?.[2]))
    .map(({ name }) => name)
}

function namesOf(wanted: string): string[] {
  return [plainName(wanted), ...(OTHER_NAMES[wanted]?.split(' ') ?? [])]
}

/** Without case, spaces, underscores and hyphens. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
