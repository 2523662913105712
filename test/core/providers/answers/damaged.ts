/** A script as the tests of answers write it. */
export interface Written {
  title: string
  description: string
  tags: string[]
  segments: { text: string; keyword: string; searchQuery: string }[]
}

const json = (value: unknown) => JSON.stringify(value)
const fence = (text: string, kind = 'json') => `\`\`\`${kind}\n${text}\n\`\`\``
const lines = (value: unknown) => JSON.stringify(value, null, 2)
const without = (text: string, from: number) => text.slice(0, text.length - from)

/** As Python prints a dictionary. */
export const inPython = (value: unknown): string =>
  json(value).replace(/"((?:[^"\\]|\\.)*)"/g, (quoted: string) => {
    const text = String(JSON.parse(quoted))
    return text.includes("'") && !text.includes('"')
      ? `"${text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}"`
      : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
  })

const snake = (plan: Written) => ({
  video_title: plan.title,
  Description: plan.description,
  hash_tags: plan.tags,
  scenes: plan.segments.map(({ text, keyword, searchQuery }) => ({
    voice_over: text,
    Keyword: keyword,
    'search-query': searchQuery,
  })),
})

/** Every way in which an answer can contain a complete script without being JSON of the requested shape. */
export const DAMAGED: Record<string, (plan: Written) => string> = {
  'trailing comma': (plan) => json(plan).replace('}]', '},]').replace(/\}$/, ',}'),
  'line break in a string': (plan) => json({ ...plan, description: 'a~b' }).replace('a~b', 'a\nb'),
  comment: (plan) => json(plan).replace('{', '{ // the plan: it isn\'t "long"\n'),
  'comment of several lines': (plan) =>
    json(plan).replace('"segments":', '/* {the\n segments} */"segments":'),
  'comment with a hash': (plan) => lines(plan).replace(',\n', ', # a title\n'),
  'brace in the prose behind it': (plan) => `${json(plan)}\nNote: {topic} was used.`,
  'brace in the prose before it': (plan) => `For {topic} with [brackets] I'd say {this: ${json(plan)}`,
  'second fence': (plan) => `${fence(json(plan))}\nThe input was:\n${fence('{"topic":"x"}')}`,
  'fence before it': (plan) =>
    `The shape:\n${fence('{"title": string, …}')}\nThe answer:\n${fence(json(plan))}`,
  'the shape before it': (plan) =>
    `{"title": string, "description": string, "tags": [string], "segments": [{"text": string, "keyword": string, "searchQuery": string}]}\n${json(plan)}`,
  'fence that stays open': (plan) => `Here:\n\`\`\`json\n${lines(plan)}`,
  wrapped: (plan) => json({ answer: plan }),
  'wrapped several times': (plan) => json({ status: 'ok', data: { result: [{ output: plan }] } }),
  'a list of one': (plan) => json([plan]),
  'single quotes': (plan) => inPython(plan),
  "Python's words": (plan) =>
    inPython({ done: true, note: null, ...plan })
      .replace('true', 'True')
      .replace('null', 'None'),
  'unquoted names': (plan) => lines(plan).replace(/"(\w+)":/g, '$1:'),
  'curly quotes': (plan) => json(plan).replace(/"([^"]*)"/g, '“$1”'),
  'quotes inside': (plan) => json({ ...plan, description: 'a~b~' }).replace('a~b~', 'It is "salt" said Ada'),
  'no closing brace': (plan) => without(json(plan), 1),
  'no closing bracket of the list': (plan) => `${without(json(plan), 2)}}`,
  'one brace too many': (plan) => `${json(plan)}}`,
  'no comma between fields': (plan) => lines(plan).replace(/",\n/g, '"\n'),
  NaN: (plan) => json({ score: 0, ...plan }).replace(':0', ': NaN'),
  'byte order mark': (plan) => `\ufeff${json(plan)}`,
  'control characters': (plan) => json({ ...plan, description: 'a~b' }).replace('a~b', 'a\u0000\u0007b'),
  'thoughts before it': (plan) => `<think>Maybe {"title": "X"} or [1, {"a"</think>\n${json(plan)}`,
  'thoughts that the template opened': (plan) => `Hm {"title":\n</think>\n\n${json(plan)}`,
  'thoughts in channels': (plan) =>
    `<|channel|>analysis<|message|>{"a": 1} hm<|end|><|start|>assistant<|channel|>final<|message|>${json(plan)}`,
  'thoughts alone': (plan) => `<think>So I answer: ${json(plan)}</think>`,
  'encoded twice': (plan) => json(json(plan)),
  'encoded twice in a wrapper': (plan) => json({ response: json(plan) }),
  'escaped without quotes around it': (plan) => without(json(lines(plan)), 1).slice(1),
  'segments encoded twice': (plan) => json({ ...plan, segments: json(plan.segments) }),
  'other names': (plan) => json(snake(plan)),
  'names in capitals': (plan) => json(plan).replace(/"(\w+)":/g, (name: string) => name.toUpperCase()),
  'Korean names': (plan) =>
    json(plan)
      .replace('"title"', '"제목"')
      .replace('"description"', '"설명"')
      .replace('"tags"', '"해시태그"')
      .replace('"segments"', '"장면"'),
  'tags as one text': (plan) => json({ ...plan, tags: plan.tags.map((tag) => `#${tag}`).join(' ') }),
  'a dictionary by number': (plan) => json({ ...plan, segments: { ...plan.segments } }),
  'a dictionary by name': (plan) =>
    json({
      ...plan,
      segments: Object.fromEntries(plan.segments.map((each, index) => [`Scene ${index + 1}`, each])),
    }),
  'segments one by one': ({ segments, ...plan }) =>
    json({ ...plan, ...Object.fromEntries(segments.map((each, index) => [`segment_${index + 1}`, each])) }),
  'each segment wrapped': (plan) =>
    json({ ...plan, segments: plan.segments.map((segment) => ({ segment })) }),
  'the same name many times': (plan) => {
    const list = plan.segments.map((each) => `"segment":${json(each)}`)
    return json({ ...plan, segments: [] }).replace('"segments":[]', list.join(','))
  },
  'a name twice': (plan) => json(plan).replace('{', '{"title":"Draft",'),
  'details in an object of their own': ({ segments, ...details }) => json({ metadata: details, segments }),
  'one object a line': ({ segments, ...details }) => [details, ...segments].map(json).join('\n'),
  'two answers, the second by itself': (plan) => `{"title":"Draft"}${json(plan)}`,
  'a first attempt before it': (plan) => `${json({ ...plan, title: 'Draft' })}\nBetter:\n${json(plan)}`,
  'a tool call in words': (plan) => `<tool_call>\n${json({ name: 'write', arguments: plan })}\n</tool_call>`,
  'tags of XML around it': (plan) => `<answer><json>${json(plan)}</json></answer>`,
  YAML: (plan) => yaml(plan),
  'YAML in a fence': (plan) => `Here it is:\n\n${fence(yaml(plan), 'yaml')}\nEnjoy!`,
  'entities of HTML': (plan) => json(plan).replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
}

function yaml({ title, description, tags, segments }: Written): string {
  return [
    `title: ${title}`,
    `description: ${json(description)}`,
    'tags:',
    ...tags.map((tag) => `  - ${tag}`),
    'segments:',
    ...segments.flatMap(({ text, keyword, searchQuery }) => [
      `  - text: ${json(text)}`,
      `    keyword: ${json(keyword)}`,
      `    searchQuery: ${json(searchQuery)}`,
    ]),
  ].join('\n')
}
