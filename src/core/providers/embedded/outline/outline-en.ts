import { ENGLISH_CHAPTERS } from './outline-en-chapters.ts'
import type { OutlineWords } from './outline-words.ts'

/** No sentence needs to know whether the topic is singular or plural: the topic only ever follows a preposition. */
export const ENGLISH_OUTLINE: OutlineWords = {
  hooks: {
    plain: [
      {
        text: 'Here is what most people never hear about {topic}.',
        keyword: '',
        visuals: 'curious face close up',
      },
      {
        text: 'What do you really know about {topic}? Stay for a moment and find out.',
        keyword: '',
        visuals: 'person thinking window',
      },
      {
        text: 'You have heard of {topic}, but have you ever looked closely?',
        keyword: '',
        visuals: 'magnifying glass close up',
      },
      {
        text: 'Give me a moment, and you will see {topic} with new eyes.',
        keyword: '',
        visuals: 'sunrise over hills',
      },
      { text: 'Let us talk about {topic}.', keyword: '', visuals: 'people talking table' },
      {
        text: 'One minute about {topic} can change how you see a whole day.',
        keyword: '',
        visuals: 'sunrise time lapse',
      },
    ],
    funny: [
      {
        text: 'Warning: after this video you will talk about {topic} at every party.',
        keyword: '',
        visuals: 'friends laughing party',
      },
      {
        text: 'No one asked for a video about {topic}. Here it is anyway.',
        keyword: '',
        visuals: 'person shrugging smiling',
      },
      { text: 'Put down your snack: it is time for {topic}.', keyword: '', visuals: 'popcorn bowl hand' },
      {
        text: 'Your cat does not care about {topic}, but you might.',
        keyword: '',
        visuals: 'cat looking at camera',
      },
    ],
    serious: [
      { text: 'It is time for an honest look at {topic}.', keyword: '', visuals: 'city skyline dawn' },
      {
        text: 'Few people take the time to understand {topic}. This is a beginning.',
        keyword: '',
        visuals: 'person reading library',
      },
      {
        text: 'This is what is at stake when we speak about {topic}.',
        keyword: '',
        visuals: 'crowd crossing street',
      },
      {
        text: 'There are good reasons to look at {topic} with care.',
        keyword: '',
        visuals: 'hands holding documents',
      },
    ],
  },
  reasons: [
    {
      text: 'In one sentence, what is it? [Your answer: the way you would tell a friend.]',
      keyword: 'What is it?',
      visuals: 'two friends talking cafe',
    },
    {
      text: 'Why does it matter now? [Your fact: what has changed lately.]',
      keyword: 'Why now?',
      visuals: 'busy street people walking',
    },
    {
      text: 'Where do we find it? [Your example: a place that everyone knows.]',
      keyword: 'Where?',
      visuals: 'aerial city view',
    },
    {
      text: 'Everyone has an opinion on {topic}. [Your fact: the part that is often left out.]',
      keyword: 'The whole story',
      visuals: 'group discussion table',
    },
  ],
  chapters: ENGLISH_CHAPTERS,
  fillers: [
    '[Your example: one more about {part}.]',
    '[Your number: a figure that shows {part}.]',
    '[Your quote: what someone said about {part}.]',
    '[Your story: how you came across {part}.]',
    '[Your fact: what few people know about {part}.]',
    '[Your opinion: what you make of {part}.]',
    '[Your example: {part} in another country.]',
    '[Your fact: how {part} has changed over the years.]',
    '[Your answer: what people ask most about {part}.]',
    '[Your example: {part} in one picture.]',
    '[Your fact: why {part} is worth a second look.]',
    '[Your tip: what to read about {part}.]',
  ],
  takeaways: [
    {
      text: 'So remember this about {topic}. [Your answer: the one thing to keep.]',
      keyword: 'Remember',
      visuals: 'light bulb glowing dark',
    },
    {
      text: 'Here is the short version. [Your answer: all of it in one sentence.]',
      keyword: 'In short',
      visuals: 'notebook writing pen',
    },
    {
      text: 'If you do one thing, do this. [Your tip: what to try tomorrow.]',
      keyword: 'One thing',
      visuals: 'single leaf water drop',
    },
    { text: '[Your answer: the story in ten words.]', keyword: 'In short', visuals: 'notebook writing pen' },
  ],
  calls: [
    {
      text: 'Now it is your turn: what do you think?',
      keyword: 'Your turn',
      visuals: 'person pointing at camera',
    },
    {
      text: 'Tell us in the comments what you would add.',
      keyword: 'Tell us',
      visuals: 'hands typing smartphone',
    },
    {
      text: 'Share this with someone who needs to hear it.',
      keyword: 'Share it',
      visuals: 'friends sharing phone',
    },
    {
      text: 'Try it this week, and come back to tell us how it went.',
      keyword: 'Try it',
      visuals: 'calendar week planning',
    },
    { text: 'See you next time.', keyword: 'See you', visuals: 'waving hand sunset' },
  ],
  spoken: { character: 0.73, digit: 5.5, end: 9.6, stop: 3.3 },
  thisTopic: 'this topic',
  titles: [
    '{topic}: what you should know',
    '{topic}: a fresh look',
    '{topic} in a nutshell',
    'A closer look at {topic}',
  ],
  tags: ['explainer'],
  topics: [
    'How coffee wakes you up',
    'Why cats purr',
    'The secret life of honey bees',
    'How to fall asleep faster',
    'What makes the sky blue',
    'The invention of the bicycle',
    'Why we love the smell of rain',
    'How lighthouses saved lives',
    'Small habits of happy people',
    'The deepest place in the ocean',
    'How bread changed the world',
    'Why leaves turn red in autumn',
  ],
}
