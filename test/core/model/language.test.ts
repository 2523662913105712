import { expect, it } from 'vitest'
import { detectLanguage } from '../../../src/core/model/language.ts'

it.each([
  ['ko', '커피의 역사'],
  ['ko', '커피 coffee 이야기'],
  ['ko', 'iPhone 15 리뷰'],
  ['en', 'The word 한글 in an English sentence'],
  ['en', 'La La Land'],
  [null, '12345 😀'],
  [null, ''],
  ['ru', 'История кофе в России'],
  ['uk', 'Історія кави'],
  ['el', 'Η ιστορία του καφέ'],
  ['other', '日本の歴史'],
  ['other', '中国历史'],
  ['other', 'مرحبا بالعالم'],
  ['other', 'ประวัติศาสตร์กาแฟ'],
])('by its letters it is %s: %s', (language, text) => {
  expect(detectLanguage(text)).toBe(language)
})

it.each([
  [
    'de',
    'Kaffee ist ein Getränk, das aus den Bohnen der Kaffeepflanze gemacht wird. Es ist nicht nur in Europa beliebt, sondern auch in der ganzen Welt.',
  ],
  [
    'es',
    'El café es una bebida que se prepara con los granos tostados de la planta. Es muy popular en todo el mundo, pero cada país lo toma de otra manera.',
  ],
  [
    'fr',
    'Le café est une boisson préparée avec les graines du caféier. On le boit dans le monde entier, et chacun a sa façon de le préparer.',
  ],
  [
    'it',
    'Il caffè è una bevanda che si ottiene dai semi della pianta. È molto amato in Italia, e non solo: si beve in tutto il mondo, anche a casa.',
  ],
  [
    'pt',
    'O café é uma bebida feita com os grãos da planta. Não é só popular no Brasil, mas em todo o mundo, e cada pessoa tem a sua maneira.',
  ],
  [
    'nl',
    'Koffie is een drank die van de bonen van de koffieplant wordt gemaakt. Het is niet alleen in Nederland populair, maar ook in de rest van de wereld.',
  ],
  [
    'pl',
    'Kawa to napój z nasion kawowca. Jest popularna na całym świecie i nie tylko rano pije się ją w domu, ale też po obiedzie w pracy.',
  ],
  [
    'cs',
    'Káva je nápoj, který se připravuje ze semen kávovníku. Je oblíbená na celém světě a lidé ji pijí ráno i odpoledne, ale také v práci.',
  ],
  [
    'sv',
    'Kaffe är en dryck som görs av rostade bönor. Det är inte bara populärt i Sverige, och att dricka kaffe med en bulle är en tradition som vi har.',
  ],
  [
    'tr',
    'Kahve, kavrulmuş çekirdeklerden yapılan bir içecektir. Türkiye için çok önemli ve bu gelenek çok eski. Kahve içmek bir sohbet gibi güzeldir.',
  ],
  [
    'vi',
    'Cà phê là một loại thức uống được làm từ hạt rang. Nó rất phổ biến ở Việt Nam và trên toàn thế giới, với những cách pha khác nhau của người dân.',
  ],
  [
    'id',
    'Kopi adalah minuman yang dibuat dari biji yang dipanggang. Minuman ini sangat populer di Indonesia dan di seluruh dunia, dan tidak hanya untuk pagi.',
  ],
  [
    'en',
    'Tea is a leaf. Water, fire, patience: nothing else. Pour slowly. Wait. Drink while hot. Repeat daily.',
  ],
  ['en', 'Wash your hands. Dry hands. Use soap. Scrub nails. Rinse twice. Towel off. Smile wide. Die hard.'],
])('by its small words it is %s: %s', (language, text) => {
  expect(detectLanguage(text)).toBe(language)
})
