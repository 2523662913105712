import type { Language } from './formats.ts'

/** Function words and everyday words of languages in Latin script. A word shared by several counts partly for each. */
const WORDS: [Language, string][] = [
  [
    'en',
    'the and of to is you that it was with for this are they have has we our your my his her its i he she not do does did can will would be been from at by on in as or if but so what how why when where who which all more most one two new good now here there then than just only every each first about into over after before them their us me get make makes made go goes see know like love day time people water today never always some any no yes out up very much many let',
  ],
  [
    'es',
    'el los las y que una un por con para como pero está están muy del más la de en es son se su sus lo le al no si ya hay fue ser tiene cada todo todos nuestra nuestro mi tu yo nos este esta eso porque cuando donde hoy mañana siempre nunca también sin sobre entre hasta desde mejor ahora aquí así buenos hola gracias',
  ],
  [
    'fr',
    'le la les des et est une un dans pour qui sur avec pas vous nous cette ce ces de du en au aux que ne se son sa ses il elle ils on je tu mon ma notre votre plus mais ou où si tout tous comme bien très être fait sont par sans chez aujourd hui jamais toujours bonjour merci ici quand comment pourquoi ça y leur leurs',
  ],
  [
    'de',
    'der die und das ist nicht ein eine einen einem einer mit für auf den dem des sich auch wird werden im in zu zum zur von vom bei nach aus an am es er sie wir ihr ich du sind war hat haben kann wie was wer wo wenn aber oder so noch nur mehr unser unsere unserem mein dein jetzt heute immer nie alle alles sehr gut guten hier dann als über unter durch man',
  ],
  [
    'pt',
    'o os as a e uma um em não com para do da dos das no na nos nas mais você vocês são é por que se seu sua nosso nossa ao à como mas ou já tem foi ser muito todos todo cada hoje amanhã sempre nunca também sem sobre quando onde porque este esta isso aqui agora bom dia olá obrigado eu ele ela nós',
  ],
  [
    'it',
    'il gli di e che una un uno per non con sono della del dei delle nel nella anche più questo questa la le lo i in è da al alla dal dalla si ci mi ti suo sua nostro nostra come ma o se ogni tutto tutti oggi domani sempre mai perché quando dove chi cosa bene molto essere ha hanno fa buon buongiorno ciao grazie qui adesso ora',
  ],
  [
    'nl',
    'het een en van niet dat zijn voor met ook maar naar wordt worden deze wij de in is op te aan er om bij als uit over door dan ons onze je jij jouw ik hij zij ze we hoe wat wie waar waarom wanneer nog meer veel heel goed alle alles elke nu vandaag altijd nooit hier daar dit die kan heeft hebben was geen mijn',
  ],
  [
    'pl',
    'i w nie się na jest że z to do jak ale przez są po od za o u dla czy co kto gdzie kiedy ten ta te tym tego być był było ma mamy nasz nasze nasza naszym mój twój ja ty my wy oni już tylko bardzo dobry dobra dzień dzisiaj zawsze nigdy wszystko każdy więcej teraz tu tam',
  ],
  [
    'cs',
    'a se je v na že to s ale jako jsou pro který která které nebo být i z o k ve si co kdo kde kdy jak proč ten ta tento tato byl bylo má máme náš naše našem můj tvůj já ty my už jen velmi dobrý dobré den dnes vždy nikdy vše všem každý více teď tady od do po za při',
  ],
  [
    'sv',
    'och att det som är en på inte med för ett av jag har vi i den de du han hon man till från om så kan ska var när hur vad vem varför var mer mest vårt vår våra min din sin nu idag alltid aldrig här där alla allt mycket bra god bara men eller också efter under över utan gör göra får vill',
  ],
  [
    'tr',
    've bir bu için ile çok da de olarak gibi daha ama değil kadar sonra ben sen biz siz o onlar ne kim nasıl neden nerede zaman her şey var yok en mi mı mu mü şu bugün şimdi yeni iyi güzel bizim benim senin olan oldu olur hiç hep',
  ],
  [
    'vi',
    'và của là có không một được cho những trong người này với các khi thì mà ở để từ đến như rất cũng nhiều hơn chúng tôi bạn anh em ta hãy đi ra vào lên ngày hôm nay mới mua ngay xin chào mọi thế nào làm nước',
  ],
  [
    'id',
    'yang dan di ini itu dengan untuk tidak dari adalah pada akan ke juga kita kami saya anda dia mereka ada bisa dapat lebih sangat sudah belum hari satu semua setiap oleh karena jika apa siapa bagaimana mengapa kapan dalam atau tetapi jangan banyak selamat terima kasih baru sekarang',
  ],
]

const WEIGHTS = weights()

/** The languages of each word. */
function weights(): Map<string, Language[]> {
  const owners = new Map<string, Language[]>()
  for (const [language, list] of WORDS)
    for (const word of new Set(list.split(' '))) owners.set(word, [...(owners.get(word) ?? []), language])
  return owners
}

/**
 * How many function words of each language a text has, most first. A word shared by n languages counts 1/n for each.
 * @param among the languages to consider
 */
export function smallWordsIn(
  text: string,
  among?: readonly Language[],
): { language: Language; weight: number }[] {
  const found = new Map<Language, number>()
  for (const word of text
    .normalize('NFC')
    .toLocaleLowerCase('en')
    .match(/[\p{L}\p{M}]+/gu) ?? []) {
    const owners = (WEIGHTS.get(word) ?? []).filter((language) => among?.includes(language) ?? true)
    for (const language of owners) found.set(language, (found.get(language) ?? 0) + 1 / owners.length)
  }
  return [...found].map(([language, weight]) => ({ language, weight })).sort((a, b) => b.weight - a.weight)
}
