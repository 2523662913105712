import { BOND, type Word } from './bond.ts'

const list = (forward: string, backward = '') => ({
  forward: new Set(forward.trim().split(/\s+/)),
  backward: new Set(backward.trim().split(/\s+/)),
})

/**
 * By language: articles, prepositions, conjunctions and pronouns that depend on the next word, and words that depend on the
 * previous one.
 */
const WORDS: Record<string, ReturnType<typeof list>> = {
  es: list(`el la los las lo un una unos unas mi tu su mis tus sus nuestro nuestra este esta estos estas ese esa esos esas aquel aquella de del
    a al en con por para sin sobre entre hasta desde hacia según durante y e o u ni pero que quien cuando donde como si porque no ya muy más
    menos tan me te se le les nos yo él ella nosotros ellos ellas usted es son era fue ha han he hay está están cada todo toda todos todas
    san santa don doña`),
  fr: list(
    `le la les un une des du de d' l' à au aux en dans par pour sans sous sur vers chez entre avec depuis pendant et ou mais ni que qui quand où
    comme si car ne n' se s' je j' tu il elle on nous vous ils elles me m' te lui leur mon ma mes ton ta tes son sa ses notre nos votre vos leurs
    ce cet cette ces est sont était a ont très plus moins trop chaque tout toute tous toutes quelques plusieurs c'est`,
    'pas ci là ? ! : ;',
  ),
  de: list(
    `der die das den dem des ein eine einen einem einer eines kein keine keinen mein meine dein sein seine ihr ihre unser unsere euer dieser
    diese dieses diesen diesem jeder jede jedes jeden in im an am auf aus bei beim bis durch für gegen hinter mit nach neben ohne seit über um unter
    von vom vor während wegen zu zum zur zwischen und oder aber denn sondern dass weil wenn ob als wie wo ich du er sie es wir man nicht
    sehr zu so ganz mehr alle viele einige wenige`,
    'Uhr',
  ),
  pt: list(`o a os as um uma uns umas meu minha seu sua nosso nossa este esta esse essa aquele aquela de do da dos das em no na nos nas por pelo pela
    para com sem sobre entre até desde e ou mas nem que quem quando onde como se porque não já muito mais menos tão me te lhe eu ele ela nós eles
    elas você é são era foi há está estão cada todo toda todos todas ao aos à às`),
  it: list(`il lo la i gli le un uno una l' un' di del dello della dei degli delle d' a al allo alla ai agli alle in nel nello nella nei negli nelle
    da dal dallo dalla dai su sul sulla sui con per tra fra senza e ed o ma né che chi quando dove come se perché non mi ti si ci vi io tu lui lei noi
    voi loro mio mia suo sua nostro è sono era fu ha hanno ho questo questa questi queste quel quella ogni tutto tutti molto più meno così`),
  nl: list(`de het een mijn jouw zijn haar ons onze hun dit dat deze die elke elk geen in op aan bij met van voor naar uit over onder tussen door tot
    zonder om te en of maar want dat als wanneer omdat ik jij je hij zij ze wij we er niet heel zeer meer zo veel alle`),
  pl: list(
    `w we z ze na do od o u i a za po przy przez dla bez nad pod przed między ku oraz lub ale że żeby gdy kiedy jak czy bo nie ten ta to te ci
    mój moja twój jego jej ich nasz każdy każda bardzo tak są jest był była ja ty on ona my wy oni`,
    'się',
  ),
  cs: list(
    `v ve z ze na do od o u k ke s se po při pro bez nad pod před mezi a i nebo ale že aby když kde jak jestli protože ne ten ta to ti můj moje
    jeho její náš každý každá velmi tak jsou je byl byla já ty on ona my vy oni`,
    'si',
  ),
  sv: list(`en ett den det de min mitt mina din ditt hans hennes vår vårt deras denna detta dessa varje ingen i på av för med till från om under över
    mellan genom utan vid hos och eller men att som när där hur om eftersom jag du han hon vi ni man inte mycket mer så alla många att är var`),
  tr: list(
    `bir bu şu o her hiç çok en daha ve veya ama fakat çünkü eğer ne hangi kaç ben sen biz siz onlar iki üç`,
    `
    için ile gibi kadar göre sonra önce beri rağmen karşı doğru mi mı mu mü de da değil ki ise idi ediyor etti eder oldu olur olan`,
  ),
  ru: list(
    `в во на с со к ко о об от до из у за по под над при про для без через между и а но или что чтобы как когда где если потому не ни я ты
    он она мы вы они этот эта это эти тот та те мой моя наш ваш его её их каждый очень так все весь`,
    'ли же бы ль б',
  ),
  uk: list(
    `в у на з зі із до від о об за по під над при про для без через між і й та а але або що щоб як коли де якщо бо не ні я ти він вона ми ви
    вони цей ця це ці той та ті мій моя наш ваш його її їх кожен дуже так усі весь`,
    'чи же ж би б',
  ),
  el: list(`ο η το οι τα του της των τον την ένας ένα μια μία σε στο στη στην στον στα στους στις από με για και ή αλλά ότι που πως όταν αν να θα δεν μην
    μου σου μας σας είναι ήταν πολύ πιο κάθε αυτό αυτή αυτός`),
  vi: list(
    `và của là có không một được cho những các trong người này với khi để ở đến từ trên dưới như mà nhưng hay hoặc nếu vì do bởi tôi bạn anh chị
    ông bà chúng họ nó đã đang sẽ rất cũng chỉ mỗi mọi từng con cái chiếc cuốn bức ngôi cây quả`,
    'này đó kia ấy nữa lắm quá',
  ),
  id: list(
    `yang dan di ke dari pada untuk dengan oleh dalam tidak bukan akan sudah telah sedang bisa dapat harus sangat lebih paling setiap semua
    para sebuah seorang seekor suatu saya kamu dia kami kita mereka atau tetapi karena jika ketika agar bahwa adalah`,
    'ini itu nya lah pun',
  ),
}
const NONE = list('')

/**
 * How closely two words of another language belong together: small words stay with the next one, numbers and names stay
 * whole.
 */
export function otherBond(word: Word, next: Word, language: string): number {
  const { forward, backward } = WORDS[language] ?? NONE
  const [a, b] = [word.lower, next.lower]
  if (backward.has(b)) return BOND.fixed
  if (/^[$£€¥₩#]?\p{N}/u.test(word.core)) return forward.has(b) ? BOND.close : BOND.fixed
  if (forward.has(a) || /['’]$/.test(word.raw)) return BOND.fixed
  const isCapital = (core: string) => /^\p{Lu}\p{Ll}/u.test(core)
  if (language !== 'de' && !word.isHeadline && isCapital(word.core) && isCapital(next.core))
    return word.isFirst ? BOND.close : BOND.fixed
  if (/^\p{N}/u.test(next.core)) return isCapital(word.core) ? BOND.tight : BOND.weak
  // Words of one or two letters are never left at the end of a line.
  if (/^\p{L}{1,2}$/u.test(word.core)) return BOND.tight
  if (forward.has(b)) return BOND.free
  return BOND.weak
}
