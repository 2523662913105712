import { describe, expect, it } from 'vitest'
import { guessLanguage } from '../../../src/core/model/language-guess.ts'
import { likelyLanguage } from '../../../src/core/model/language-likely.ts'

const SURE: Record<string, string[]> = {
  en: [
    'The sea is salt.',
    'WELCOME TO OUR SHOP',
    'Naïve people love cafés',
    'A visit to the office in São Paulo is fun',
  ],
  de: ['Die Straße ist groß.', 'Heiße Schokolade', 'Bienen machen Honig.', 'WILLKOMMEN IN UNSEREM LADEN'],
  fr: ['Le cœur de la forêt', 'Les abeilles font du miel.', 'BIENVENUE CHEZ NOUS'],
  es: ['¿Cómo nacen los volcanes?', 'El niño pequeño', 'Las abejas hacen miel.'],
  pt: ['Não perca tempo', 'As abelhas fazem mel na colmeia.', 'BEM-VINDO À NOSSA LOJA'],
  it: ['Perché il cielo è blu?', 'Il mare è salato.', 'BENVENUTI NEL NOSTRO NEGOZIO'],
  nl: ['Het is mooi weer.', 'De zee is zout.', 'WELKOM IN ONZE WINKEL'],
  pl: ['Pszczoły robią miód.', 'Miłość i praca', 'WITAMY W NASZYM SKLEPIE'],
  cs: ['Kůň běží domů', 'Včely dělají med.', 'VÍTEJTE V NAŠEM OBCHODĚ'],
  sv: ['Havet är salt och vackert.', 'Vårt nya kontor öppnar idag', 'VÄLKOMMEN TILL VÅR BUTIK'],
  tr: ['Ağaç büyüyor', 'Arılar bal yapar.', 'MAĞAZAMIZA HOŞ GELDİNİZ'],
  vi: ['Cà phê sữa đá', 'Biển mặn.', 'Núi lửa hình thành thế nào'],
  id: ['Lebah membuat madu.', 'Terima kasih banyak', 'SELAMAT DATANG DI TOKO KAMI'],
  ru: ['Кофе мы пьём утром.', 'Это песня.'],
  uk: ['Україна', 'Кава є гарячою.'],
  el: ['Καλημέρα'],
  ko: ['커피', 'iPhone 15 리뷰'],
}
const sure = Object.entries(SURE).flatMap(([language, texts]) =>
  texts.map((text) => [language, text] as const),
)

describe('the language of a short script', () => {
  it.each(sure)('is %s for sure: %s', async (language, text) => {
    expect(await likelyLanguage(text)).toEqual({ language, isSure: true })
  })

  it.each([
    ['pl', 'Miłość'],
    ['de', 'groß'],
    ['tr', 'ağır'],
    ['vi', 'bạn'],
    ['cs', 'kůň'],
    ['es', '¿vale?'],
    ['fr', 'cœur'],
    ['pt', 'ações'],
    ['sv', 'gå'],
    ['uk', 'її'],
  ])('is told by its letters alone: %s, %s', (language, text) => {
    expect(guessLanguage(text)).toEqual({ language, isSure: true })
  })

  it.each([
    'We drove a Citroën to the Düsseldorf office.',
    'He said "c\'est la vie" and left the room.',
    'She wrote: «Die Straße ist groß und lang». Then she left.',
    'Just do it at Müller and Citroën.',
    'I love Pokémon cards and Beyoncé.',
    'Visit https://größe.example/straße and write to @jürgen today.',
  ])('is not told by names, quotations and addresses: %s', async (text) => {
    expect(await likelyLanguage(text)).toEqual({ language: 'en', isSure: true })
  })

  it('is told by its own words in any language, whatever brands are in it', async () => {
    expect((await likelyLanguage('Das neue iPhone von Apple ist da.')).language).toBe('de')
    expect((await likelyLanguage('Le Big Mac est à Paris.')).language).toBe('fr')
  })

  it.each([
    ['two languages', 'Kaffee ist gut. Coffee is good. Der Morgen ist da. The morning is here.'],
    ['one name', 'Nike'],
    ['Hungarian', 'Kávé és ősz.'],
    ['Romanian', 'Țara noastră'],
    ['Danish', 'Rødgrød med fløde'],
    ['Macedonian', 'Ѓорѓи е добар'],
    ['Bulgarian', 'Това е къща'],
    ['Cyrillic letters of several languages', 'Кава'],
    ['letters of no single language', 'OK'],
  ])('is not sure where it is %s', async (_what, text) => {
    expect((await likelyLanguage(text)).isSure).toBe(false)
  })

  it('is not known where there are only numbers', async () => {
    expect(await likelyLanguage('2024, 15%')).toEqual({ language: null, isSure: false })
  })

  it('is another one where no voice here speaks it', () => {
    for (const text of ['日本の歴史', '中国历史', 'مرحبا بالعالم', 'سلام دنیا', 'नमस्ते दुनिया', 'ひらがな'])
      expect(guessLanguage(text)).toEqual({ language: 'other', isSure: true })
  })
})
