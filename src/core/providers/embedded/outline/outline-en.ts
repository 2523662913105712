import { ENGLISH_CHAPTERS } from './outline-en-chapters.ts'
import type { OutlineWords } from './outline-words.ts'

/** No sentence needs to know whether the topic is one thing or many: it only ever follows a preposition. */
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
        visuals: 'eye close up',
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
        text: 'Nobody asked for a video about {topic}. Here it is anyway.',
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
      text: 'In one sentence, what is it? I will put it the way I would tell a friend.',
      keyword: 'What is it?',
      visuals: 'two friends talking cafe',
    },
    {
      text: 'Why does it matter now? Because it touches more of our lives than we notice.',
      keyword: 'Why now?',
      visuals: 'busy street people walking',
    },
    {
      text: 'Once you start to look for it, you find it almost everywhere.',
      keyword: 'Everywhere',
      visuals: 'aerial city view',
    },
    {
      text: 'Everybody has an opinion on {topic}, yet hardly anybody knows the whole story.',
      keyword: 'The whole story',
      visuals: 'group discussion table',
    },
  ],
  chapters: ENGLISH_CHAPTERS,
  fillers: [
    'Keep {part} in mind, because it comes back later.',
    'One good picture says more about {part} than ten numbers.',
    'Ask three people about {part}, and you will hear three answers.',
    'A short example makes {part} much easier to see.',
    'There is more to say about {part}, but this is the heart of it.',
    'That is why {part} deserves a closer look.',
    'Many people pass over {part}, and they miss the best bit.',
    'Stop here for a second and think about {part} in your own life.',
    'If somebody asks you about {part}, you now have an answer.',
    'Without {part}, the rest of the story would make little sense.',
  ],
  takeaways: [
    {
      text: 'So remember this: look closer, and {topic} will never be boring again.',
      keyword: 'Remember',
      visuals: 'light bulb glowing dark',
    },
    {
      text: 'The short version: start small, stay curious, and look twice.',
      keyword: 'In short',
      visuals: 'notebook writing pen',
    },
    {
      text: 'If you keep one thing, keep this: it is simpler than it looks.',
      keyword: 'One thing',
      visuals: 'single leaf water drop',
    },
    { text: 'That is the story in a nutshell.', keyword: 'In a nutshell', visuals: 'walnut hand close up' },
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
      text: 'Share this with somebody who needs to hear it.',
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
  thisTopic: 'this topic',
  titles: [
    '{topic}: what you should know',
    '{topic}, seen with new eyes',
    '{topic} in a nutshell',
    'A closer look at {topic}',
  ],
  description:
    'An outline about “{topic}”, written without a language model. Its order and its length are right; the facts and the examples are for you to fill in. Edit each segment before you render.',
  tags: ['explained', 'outline'],
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
