/** A list of English words in lower case. */
const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Determiners: they precede a noun and say which or how many. */
export const DETERMINERS = words(`
  a an the my your his her its our their this that these those every each no some any another either neither both all half
  what which whose many much few several most more fewer less enough such`)

export const PREPOSITIONS = words(`
  of in on at by for with from to into onto about above across after against along alongside among amid around as before behind
  below beneath beside besides between beyond despite during except inside like near off outside over past per plus since than
  through throughout toward towards under underneath unlike until till up upon versus via vs within without worth`)

export const CONJUNCTIONS = words(`
  and or but nor so yet because although though if while when where why how whether unless once that which who whom whose what
  whatever whenever wherever whoever`)

/** Pronouns that are always a subject. */
export const SUBJECTS = words('i he she we they')
/** Pronouns that may be an object. */
export const OBJECTS = words(
  'me him her it us them you myself yourself himself herself itself ourselves themselves',
)
export const CONTRACTED =
  /^(i|you|he|she|it|we|they|there|here|that|this|what|who|where|how|let|those|these|when|why)'(s|re|ve|d|ll|m)$/

export const AUXILIARIES = words(`
  is are was were be been being am has have had having do does did can could will would shall should may might must cannot
  isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't can't couldn't won't wouldn't shan't shouldn't mightn't mustn't
  not never ain't gonna gotta let's lets`)
/** Forms of be and have, which anything may follow. */
export const COPULAS = words("is are was were be been being am isn't aren't wasn't weren't have has had")

/** Adverbs that depend on the following word. */
export const INTENSIFIERS = words(`
  very too so more most less least quite really rather pretty fairly almost nearly about only just even as how extremely highly
  incredibly truly far much roughly approximately exactly barely hardly nearly over merely simply absolutely completely totally
  particularly especially increasingly equally surprisingly remarkably deeply widely almost around still already always often
  rarely seldom sometimes usually also probably perhaps maybe ever then now soon finally first`)

export const NUMBERS = words(`
  zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
  twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen first second third fourth fifth
  sixth seventh eighth ninth tenth last next double triple quarter hundreds thousands millions billions`)
/** Words after a number and its unit: five years ago, ten feet tall. */
export const AFTER_UNITS = words(
  'ago old later earlier long tall wide high deep away apart each percent per more',
)
export const UNITS = words(`
  second seconds minute minutes hour hours day days week weeks month months year years decade decades century centuries mile miles
  foot feet inch inches yard yards metre metres meter meters kilometre kilometres kilometer kilometers centimetre centimetres
  centimeter centimeters gram grams kilo kilos kilogram kilograms pound pounds ounce ounces ton tons tonne tonnes liter liters litre
  litres degree degrees dollar dollars euro euros cent cents percent times people floors stories km m cm mm kg g lb ft mi mph kmh l ml`)
/** Words before a number: page 12, Apollo 11. */
export const NUMBERED = words(`
  page chapter part step number no room floor gate platform line level lesson episode season day week phase version volume question
  rule tip reason act scene exit flight route highway article section figure table january february march april may june july august
  september october november december jan feb mar apr jun jul aug sep sept oct nov dec`)

/** Words that belong to the noun or adjective before them. */
export const TRAILING = words('else enough alike themselves itself myself apiece')
/** Parts of names: Leonardo da Vinci. */
export const NAME_PARTICLES = words('da de del della di du la le van von der den ter bin ibn al el st')

/** Words that are only verb particles, and those that are also prepositions. */
export const PURE_PARTICLES = words('up out off down away back apart together forward ahead aside')
export const MIXED_PARTICLES = words('over on in through around along by about')
/** Verbs (in their base form) used with such a particle. */
export const PHRASAL = words(`
  give take look wake get pick put turn find go come break bring call carry check clean close cut drop fill figure grow hang hold keep
  let make move pass pay point pull push run set show shut sit slow sort speak stand start stay switch tear think throw try use warm
  wear work write wipe blow burn build catch cheer cool dry end fall fight follow hand head heat hurry kick knock lay lead leave light
  line live lock log mix open pack phone plug print rip roll rule seek sell send settle shake sign sleep split spread step stick sum swap
  sweep tidy tie tip track trade wash watch wind wrap zoom dive dig drink eat fade freeze back ask act add beat bottle bounce bump
  calm charge chop count cross die do drag drive dress ease face fire fix flip flow fold free gear hide hit jump keep kneel lean lift
  listen melt mess miss narrow note nod own pile pop pour power rise rush save scale screw set shoot shine skip slip spell spill spin
  squeeze stack stop storm stretch strip sweep talk team top touch trip type walk wander wear weigh win work fly hurry ring climb swim`)
/** Verbs after which on, in, through … are particles rather than prepositions. */
export const PHRASAL_MIXED = words(`
  turn switch put carry hold log pass move keep try catch give bring take plug fill check hand cave sign zoom kick chip lock settle
  get come break`)

const IRREGULAR = `
  gave=give given=give took=take taken=take woke=wake woken=wake got=get gotten=get found=find went=go gone=go came=come broke=break
  broken=break brought=bring grew=grow grown=grow hung=hang held=hold kept=keep made=make paid=pay ran=run shown=show sat=sit
  spoke=speak spoken=speak stood=stand tore=tear torn=tear thought=think threw=throw thrown=throw wore=wear worn=wear wrote=write
  written=write blew=blow blown=blow burnt=burn built=build caught=catch fell=fall fallen=fall fought=fight laid=lay led=lead left=leave
  lit=light sought=seek sold=sell sent=send shook=shake shaken=shake slept=sleep stuck=stick swept=sweep wound=wind dug=dig drank=drink
  drunk=drink ate=eat eaten=eat froze=freeze frozen=freeze drove=drive driven=drive hid=hide hidden=hide rose=rise risen=rise shot=shoot
  shone=shine spun=spin won=win flew=fly flown=fly rang=ring rung=ring swam=swim swum=swim did=do done=do knew=know known=know saw=see
  seen=see said=say told=tell heard=hear felt=feel meant=mean met=meet began=begin begun=begin became=become bought=buy taught=teach
  lost=lose lent=lend spent=spend understood=understand chose=choose chosen=choose forgot=forget forgotten=forget hurt=hurt sang=sing
  sung=sing sank=sink sunk=sink bit=bite bitten=bite bred=breed drew=draw drawn=draw fed=feed forgave=forgive lay=lie rode=ride
  ridden=ride stole=steal stolen=steal struck=strike swore=swear woven=weave wove=weave bore=bear born=bear bound=bind`
const BASES = new Map(
  IRREGULAR.trim()
    .split(/\s+/)
    .map((pair) => pair.split('=') as [string, string]),
)

/** Other common verbs that are rarely nouns. */
const VERBS = words(`
  know see say tell hear feel mean meet begin become buy teach lose lend spend understand choose forget sing sink want need like love
  believe remember happen seem appear change learn ask invite allow include continue consider create describe discover explain expect
  feed explore finish follow help imagine improve increase reduce enjoy require produce provide protect prevent protect receive remain
  remove replace reach realise realize save serve share smell suggest suppose taste thank travel wait wonder notice invent develop
  contain cover cost cause decide deserve depend destroy die eat enter exist fail form gather guess hate hope join kill lie lead
  live lose measure need offer own play prefer promise prove raise read release rely repeat reply rest return ride see send smile solve
  sound stare steal survive teach tend turn vanish visit vote warn win worry bloom bark bake boil roast grind brew dance spoil`)

/** Adjectives not recognizable by their ending. */
const ADJECTIVES = words(
  `
  new old big small good bad great little long short high low large young early late right left wrong hot cold warm cool dark light
  bright clean dirty dry wet empty full fast slow quick quiet loud hard soft easy strong weak heavy thin thick deep wide narrow rich poor
  cheap free real true false fresh raw ripe sharp flat round square sweet sour bitter salty wild tame calm mad sad happy angry lucky
  busy lazy hungry thirsty tiny huge giant vast entire whole single main major minor key local global human own same other certain
  clear close fair fine firm grand green red blue yellow black white brown grey gray pink purple orange golden silver wooden stone iron
  ancient modern recent current future past present former final average common rare simple complex complete perfect pure plain proper
  private public secret silent safe smart stupid brave proud gentle kind nice pretty ugly odd strange weird crazy funny serious severe
  special secure steady steep straight strict sudden tall tight tough upper lower inner outer northern southern eastern western north south
  east west daily weekly monthly yearly friendly lovely lonely deadly likely elderly extra dear dead alive alone asleep awake afraid able
  best better worst worse bigger biggest smaller smallest oldest older newest newer longest longer highest higher largest larger fastest
  faster greatest greater deepest deeper richest tallest hottest coldest strongest favourite favorite royal tropical solar lunar marine
  double middle top bottom front back open closed frozen broken hidden unknown known lost born famous female male national native natural
  nuclear online digital virtual electric social medical legal mental moral normal formal central federal capital annual ideal equal
  total vital final royal rural urban visual vocal basic classic magic tragic plastic organic public Roman Greek American British French
  German Italian Spanish Korean Japanese Chinese Russian Indian African European Asian English Irish Dutch Egyptian`.toLowerCase(),
)

const FIXED_PAIRS = words(`
  each_other one_another no_longer at_least at_most such_as kind_of sort_of a_lot lots_of plenty_of out_of instead_of because_of as_well
  of_course no_one next_to in_front front_of according_to due_to up_to thanks_to rather_than more_than less_than even_though even_if
  so_that as_if as_though in_order order_to at_all once_again right_now right_away per_cent well_as far_as soon_as long_as close_to
  ahead_of one_of some_of most_of all_of many_of part_of none_of half_of each_of both_of any_of couple_of pair_of number_of piece_of cup_of
  glass_of bottle_of handful_of lot_of about_to ought_to not_only ever_since upside_down by_far so_far as_much how_many how_much how_long how_often how_far
  too_much too_many so_much so_many all_over over_there years_ago other_than apart_from away_from little_by as_of type_of types_of
  kinds_of member_of group_of millions_of thousands_of hundreds_of billions_of dozens_of bit_of`)

export function isFixedPair(word: string, next: string): boolean {
  return FIXED_PAIRS.has(`${word}_${next}`)
}

/** A verb's base form as in the lists, if its ending reveals it; other words are returned unchanged. */
export function baseOf(word: string): string {
  const known = BASES.get(word)
  if (known !== undefined) return known
  const isListed = (base: string) => PHRASAL.has(base) || VERBS.has(base)
  for (const [ending, others] of [
    [/ies$/, ['y']],
    [/ied$/, ['y', 'ie']],
    [/(es|s)$/, ['', 'e']],
    [/(ed|ing)$/, ['', 'e']],
  ] as const) {
    if (!ending.test(word)) continue
    const stem = word.replace(ending, '')
    const found = [...others.map((other) => stem + other), `${stem}e`, stem.replace(/(.)\1$/, '$1')].find(
      isListed,
    )
    if (found !== undefined) return found
  }
  return word
}

export function isVerb(word: string): boolean {
  const base = baseOf(word)
  return VERBS.has(base) || PHRASAL.has(base) || BASES.has(word)
}

const ADJECTIVE_ENDING =
  /(?:ful|ous|ive|able|ible|less|ish|ical|ional|ental|ural|inal|ronic|istic|atic|etic|ific|omic|onic|ogic|ular|inary|iary|ward|esque|proof|sized|shaped|coloured|colored|known|made|looking|most)$/
const NO_ADJECTIVES = words(`
  native relative detective executive alternative objective perspective motive archive drive dive hive five give live olive arrive table
  cable vegetable finish publish vanish polish dish fish wish professional traditional journal animal hospital parliament forward reward
  toward towards almost diary library canary topic traffic music cable variable plumage steward award mouthful handful spoonful`)

const SUPERLATIVE = /.{3}est$/
const NO_SUPERLATIVES = words(
  'forest interest harvest request protest suggest digest invest contest arrest conquest tempest manifest priest ernest everest budapest',
)

export function isAdjective(word: string): boolean {
  if (ADJECTIVES.has(word) || (SUPERLATIVE.test(word) && !NO_SUPERLATIVES.has(word))) return true
  if (word.length >= 5 && ADJECTIVE_ENDING.test(word) && !NO_ADJECTIVES.has(word)) return true
  // Compounds: well-known, five-year, world-famous.
  return /^\p{L}+-\p{L}+$/u.test(word)
}

/** Whether a word only connects others. */
export function isFunctionWord(word: string): boolean {
  return (
    DETERMINERS.has(word) ||
    PREPOSITIONS.has(word) ||
    CONJUNCTIONS.has(word) ||
    SUBJECTS.has(word) ||
    OBJECTS.has(word) ||
    AUXILIARIES.has(word) ||
    CONTRACTED.test(word) ||
    word === 'there'
  )
}
