import type { OutlineChapter } from './outline-words.ts'

/** The points that an outline chooses from. Their order does not matter; that of their lines does. */
export const ENGLISH_CHAPTERS: OutlineChapter[] = [
  {
    part: 'the beginning',
    keyword: 'The beginning',
    visuals: 'old photographs wooden table',
    lines: [
      'Start at the beginning: somebody, somewhere, was the first to care about this.',
      'Back then nobody could guess how far it would go.',
      'A small idea met the right moment, and it began to grow.',
      'Knowing where it came from explains a lot about today.',
    ],
  },
  {
    part: 'the human side',
    keyword: 'The people',
    visuals: 'portrait people smiling outdoors',
    lines: [
      'Behind {topic} there are people, and their stories are worth telling.',
      'Some do it for a living, others simply because they love it.',
      'Talk to one of them, and you will hear things no book can tell you.',
      'Their hands and faces say more than any chart.',
    ],
  },
  {
    part: 'the everyday use',
    keyword: 'Every day',
    visuals: 'kitchen morning routine',
    lines: [
      'Now look at an ordinary day, and count how often you meet it.',
      'It is there in the morning, at work, and again in the evening.',
      'We only notice it when it is missing.',
      'Habits like these are small, but they add up over the years.',
    ],
  },
  {
    part: 'the big mistake',
    keyword: 'The mistake',
    visuals: 'broken cup floor',
    lines: [
      'Here is the mistake that nearly everybody makes at first.',
      'They hurry, they skip a step, and then they wonder what went wrong.',
      'It happens to experts too, only they do not talk about it.',
      'The good news is that it is easy to put right.',
    ],
  },
  {
    part: 'the first step',
    keyword: 'First step',
    visuals: 'feet walking path',
    lines: [
      'If you want to try it yourself, begin with one small step.',
      'You need less time and less money than you think.',
      'Do it once, look at the result, and then do it a little better.',
      'Nobody starts out perfect, and nobody has to.',
    ],
  },
  {
    part: 'the cost',
    keyword: 'The cost',
    visuals: 'coins counting hands',
    lines: [
      'Then there is the question of what it costs, and who pays for it.',
      'The price you see is rarely the whole price.',
      'Time and attention belong on the bill as well.',
      'So compare what you give with what you get.',
    ],
  },
  {
    part: 'the biggest number',
    keyword: 'By the numbers',
    visuals: 'calculator charts desk',
    lines: [
      'Let us put a number on it, because numbers are hard to argue with.',
      'Take one figure, and compare it with something you know from home.',
      'Suddenly a dry statistic becomes a picture you can remember.',
      'Always ask who counted, and what they left out.',
    ],
  },
  {
    part: 'the hidden detail',
    keyword: 'The detail',
    visuals: 'macro texture close up',
    lines: [
      'Look closer, and you will find a detail that most people miss.',
      'It is small, but the rest would fall apart without it.',
      'Once somebody has shown it to you, you cannot stop seeing it.',
      'Details like this one separate good from great.',
    ],
  },
  {
    part: 'the popular myth',
    keyword: 'The myth',
    visuals: 'fog forest path',
    lines: [
      'You may have heard the opposite, so let us clear up a popular myth.',
      'It sounds right, it is easy to repeat, and that is why it survives.',
      'Look at the evidence, and the story turns out differently.',
      'The truth is less simple, and far more interesting.',
    ],
  },
  {
    part: 'the science',
    keyword: 'The science',
    visuals: 'laboratory scientist microscope',
    lines: [
      'What do researchers say? They have looked at {topic} from many sides.',
      'Step by step, they test what others only believe.',
      'Some of their answers are clear, and some are still open.',
      'That is how knowledge grows: one careful question at a time.',
    ],
  },
  {
    part: 'the best tool',
    keyword: 'The tools',
    visuals: 'tools workbench hands',
    lines: [
      'The right tool makes all the difference, and it need not be expensive.',
      'Choose one that fits your hand and your plan.',
      'Learn it well before you buy the next one.',
      'Skill grows with practice and not with equipment.',
    ],
  },
  {
    part: 'the right place',
    keyword: 'The place',
    visuals: 'map travel landscape',
    lines: [
      'Place matters too: things look different where you live and far away.',
      'What is normal in one country can be a surprise in another.',
      'Travel is not needed for that; a good map and an open mind will do.',
      'Sometimes the best example is just around the corner.',
    ],
  },
  {
    part: 'the right moment',
    keyword: 'The moment',
    visuals: 'clock hourglass close up',
    lines: [
      'Timing is half of it: too early and too late both miss the point.',
      'Watch for the signs that the moment has come.',
      'Then act, and do not wait for perfect conditions.',
      'A good moment that is used beats a great one that is missed.',
    ],
  },
  {
    part: 'the real benefit',
    keyword: 'The benefit',
    visuals: 'happy person stretching nature',
    lines: [
      'So what do you gain from {topic}? More than it seems at first.',
      'Some benefits show at once, and others need patience.',
      'The best of them is the one you did not expect.',
      'Write down what changes for you, and you will see the progress.',
    ],
  },
  {
    part: 'the risk',
    keyword: 'The risk',
    visuals: 'storm clouds sea',
    lines: [
      'To be fair, there is another side, and we should not hide it.',
      'Every choice has a risk, and this one is no exception.',
      'Know your limits, and ask for advice when you are not sure.',
      'Being careful does not mean doing nothing.',
    ],
  },
  {
    part: 'the comparison',
    keyword: 'Compare',
    visuals: 'two apples side by side',
    lines: [
      'Compare it with what you already know, and it becomes clear.',
      'Some things are the same, and one thing is completely different.',
      'That one difference explains why people choose the way they do.',
      'There is no winner here, only a better fit for you.',
    ],
  },
  {
    part: 'the turning point',
    keyword: 'Turning point',
    visuals: 'crossroads aerial view',
    lines: [
      'There was a turning point, and after it nothing was quite the same.',
      'It did not look important on the day it happened.',
      'Only later did people see how much had changed.',
      'Perhaps we are living through the next one right now.',
    ],
  },
  {
    part: 'the future',
    keyword: 'The future',
    visuals: 'futuristic city lights night',
    lines: [
      'And what comes next for {topic}? Nobody knows, but there are signs.',
      'New ideas are tested every week, and a few of them will stay.',
      'Young people will decide which ones those are.',
      'Look again in ten years, and you may not recognise it.',
    ],
  },
  {
    part: 'the surprise',
    keyword: 'Surprise',
    visuals: 'surprised face close up',
    lines: [
      'Here comes the surprise that I promised myself not to leave out.',
      'It goes against everything you would expect.',
      'Even people who know a lot about {topic} are often caught by it.',
      'Remember it, because it makes a wonderful story to tell.',
    ],
  },
  {
    part: 'the expert view',
    keyword: 'The experts',
    visuals: 'expert interview microphone',
    lines: [
      'Ask an expert, and the answer usually begins with the words: it depends.',
      'That is not an excuse, because the details really do decide.',
      'Still, there are two or three rules on which they all agree.',
      'Follow those, and you are ahead of most people.',
    ],
  },
  {
    part: 'the feeling',
    keyword: 'The feeling',
    visuals: 'person watching sunset silhouette',
    lines: [
      'Facts are one thing, but how does it feel?',
      'Some people feel joy, some feel calm, and some feel a little afraid.',
      'Those feelings decide more than any argument.',
      'So take them seriously, yours and those of others.',
    ],
  },
  {
    part: 'the natural world',
    keyword: 'Nature',
    visuals: 'green forest river drone',
    lines: [
      'It also leaves its mark on the world around us.',
      'Water, air and soil have no voice, so we must look for ourselves.',
      'Small changes in the way we act can make a large difference.',
      'And often the kind choice turns out to be the clever one.',
    ],
  },
  {
    part: 'the open question',
    keyword: 'Open question',
    visuals: 'question mark chalkboard',
    lines: [
      'One question is still open, and it may be the best one of all.',
      'People argue about it, and both sides have a point.',
      'Perhaps you have the answer that the others have missed.',
      'Think about it today, and see what you believe tomorrow.',
    ],
  },
]
