import type { OutlineChapter } from './outline-words.ts'

/** The points that an outline chooses from. Their order doesn't matter; the order of their lines does. */
export const ENGLISH_CHAPTERS: OutlineChapter[] = [
  {
    part: 'the beginning',
    keyword: 'The beginning',
    visuals: 'old photographs wooden table',
    lines: [
      'Let us start at the beginning. [Your fact: where it began, and with whom.]',
      '[Your fact: what it was like back then.]',
      '[Your example: one thing that is still the same today.]',
    ],
  },
  {
    part: 'the human side',
    keyword: 'The people',
    visuals: 'portrait people smiling outdoors',
    lines: [
      'Behind {topic} there are people. [Your story: one of them, with a name and a place.]',
      '[Your quote: something that person said.]',
      '[Your fact: what a working day looks like for them.]',
    ],
  },
  {
    part: 'the everyday use',
    keyword: 'Every day',
    visuals: 'kitchen morning routine',
    lines: [
      'Now look at an ordinary day. [Your example: where we meet it without noticing.]',
      '[Your example: one more, at home or at work.]',
      '[Your fact: what would be missing without it.]',
    ],
  },
  {
    part: 'the big mistake',
    keyword: 'The mistake',
    visuals: 'broken cup floor',
    lines: [
      'There is a mistake that is easy to make. [Your example: what people get wrong.]',
      '[Your fact: why it happens.]',
      '[Your tip: how to put it right.]',
    ],
  },
  {
    part: 'the first step',
    keyword: 'First step',
    visuals: 'feet walking path',
    lines: [
      'If you want to try it yourself, start small. [Your tip: the first thing to do.]',
      '[Your fact: what you need, and how long it takes.]',
      '[Your example: what a good result looks like.]',
    ],
  },
  {
    part: 'the cost',
    keyword: 'The cost',
    visuals: 'coins counting hands',
    lines: [
      'Then there is the question of cost. [Your number: what it costs, and who pays.]',
      '[Your example: the price of something else, to compare it with.]',
      '[Your opinion: whether it is worth it.]',
    ],
  },
  {
    part: 'the biggest number',
    keyword: 'By the numbers',
    visuals: 'calculator charts desk',
    lines: [
      'Let us put a number on it. [Your number: one figure that surprises people.]',
      '[Your example: something just as big that everyone knows.]',
      '[Your fact: who counted it, and when.]',
    ],
  },
  {
    part: 'the hidden detail',
    keyword: 'The detail',
    visuals: 'macro texture close up',
    lines: [
      'Look closer. [Your fact: a detail that most people miss.]',
      '[Your example: where you can see it.]',
      '[Your fact: why that detail matters so much.]',
    ],
  },
  {
    part: 'the popular myth',
    keyword: 'The myth',
    visuals: 'fog forest path',
    lines: [
      'You may have heard the opposite. [Your example: a myth that many people believe.]',
      '[Your fact: what is really true.]',
      '[Your tip: where to look it up.]',
    ],
  },
  {
    part: 'the science',
    keyword: 'The science',
    visuals: 'laboratory scientist microscope',
    lines: [
      'What do researchers say about {topic}? [Your fact: one result, and who found it.]',
      '[Your number: how sure they are.]',
      '[Your fact: what nobody knows yet.]',
    ],
  },
  {
    part: 'the best tool',
    keyword: 'The tools',
    visuals: 'tools workbench hands',
    lines: [
      'The right tool makes a difference. [Your tip: the one that you would choose.]',
      '[Your fact: what it does better than the others.]',
      '[Your number: what a good one costs.]',
    ],
  },
  {
    part: 'the right place',
    keyword: 'The place',
    visuals: 'map travel landscape',
    lines: [
      'Place matters too. [Your example: a place where it is done differently.]',
      '[Your fact: what people do there.]',
      '[Your tip: where to see it close to home.]',
    ],
  },
  {
    part: 'the right moment',
    keyword: 'The moment',
    visuals: 'clock hourglass close up',
    lines: [
      'Timing matters. [Your tip: when to start, and when to wait.]',
      '[Your example: someone who got the moment right.]',
      '[Your fact: the sign that it is time.]',
    ],
  },
  {
    part: 'the real benefit',
    keyword: 'The benefit',
    visuals: 'happy person stretching nature',
    lines: [
      'So what do you gain from {topic}? [Your fact: the benefit that counts most.]',
      '[Your example: how it helped someone.]',
      '[Your number: how much of a difference it makes.]',
    ],
  },
  {
    part: 'the risk',
    keyword: 'The risk',
    visuals: 'storm clouds sea',
    lines: [
      'To be fair, there is another side. [Your fact: what can go wrong.]',
      '[Your number: how often that happens.]',
      '[Your tip: how to stay on the safe side.]',
    ],
  },
  {
    part: 'the comparison',
    keyword: 'Compare',
    visuals: 'two apples side by side',
    lines: [
      'Compare it with something you know. [Your example: what it is like, and what it is not like.]',
      '[Your fact: the one big difference.]',
      '[Your opinion: which of the two you would take.]',
    ],
  },
  {
    part: 'the turning point',
    keyword: 'Turning point',
    visuals: 'crossroads aerial view',
    lines: [
      'There was a turning point. [Your story: the day that changed everything.]',
      '[Your fact: what came before.]',
      '[Your fact: what came after.]',
    ],
  },
  {
    part: 'the future',
    keyword: 'The future',
    visuals: 'futuristic city lights night',
    lines: [
      'And what comes next for {topic}? [Your fact: something that is being tested now.]',
      '[Your opinion: what will stay, and what will not.]',
      '[Your number: when it could be here.]',
    ],
  },
  {
    part: 'the surprise',
    keyword: 'Surprise',
    visuals: 'surprised face close up',
    lines: [
      'Here comes the surprise. [Your fact: what nobody expects.]',
      '[Your story: how you found out.]',
      '[Your fact: the reason behind it.]',
    ],
  },
  {
    part: 'the expert view',
    keyword: 'The experts',
    visuals: 'expert interview microphone',
    lines: [
      'What would an expert say? [Your quote: one sentence from someone who knows.]',
      '[Your fact: who that expert is.]',
      '[Your tip: a rule that experts agree on.]',
    ],
  },
  {
    part: 'the feeling',
    keyword: 'The feeling',
    visuals: 'person watching sunset silhouette',
    lines: [
      'Facts are one thing, but how does it feel? [Your story: a moment that you remember.]',
      '[Your example: how others describe the feeling.]',
      '[Your opinion: what makes it special.]',
    ],
  },
  {
    part: 'the natural world',
    keyword: 'Nature',
    visuals: 'green forest river drone',
    lines: [
      'It leaves a mark on the world around us. [Your fact: what it does to nature.]',
      '[Your number: how much of it there is.]',
      '[Your tip: a small change that helps.]',
    ],
  },
  {
    part: 'the open question',
    keyword: 'Open question',
    visuals: 'question mark chalkboard',
    lines: [
      'One question is still open. [Your fact: what people argue about.]',
      '[Your opinion: which side you are on.]',
      '[Your example: a good reason for the other side.]',
    ],
  },
]
