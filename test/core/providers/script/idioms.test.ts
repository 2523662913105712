import { describe, expect, it } from 'vitest'
import { idiomMeaning } from '../../../../src/core/providers/script/idioms.ts'
import { keywordFor, searchQueryFor } from '../../../../src/core/providers/script/keywords.ts'

/** Sentences a person might say, and after the bar the words that must not be searched for. */
const ENGLISH = `
You will see coffee with new eyes.|eyes
She looked at the city through fresh eyes.|eyes
The baker and the farmer saw eye to eye.|eye
The harbour police turned a blind eye.|eye blind
The train was gone in the blink of an eye.|eye blink
Keep an eye on the kettle.|eye
I can see the garden in my mind's eye.|eye
There is more to coffee than meets the eye.|eye meets
The lantern caught her eye.|eye
The puppy is the apple of his eye.|apple eye
A song broke the ice at the harbour festival.|ice broke
This bakery is just the tip of the iceberg.|iceberg tip
The exam was a piece of cake.|cake piece
The mayor let the cat out of the bag.|cat bag
Who spilled the beans about the wedding?|beans
The farmer bit the bullet.|bullet
Your letter hits the nail on the head.|nail head
The bicycle cost an arm and a leg.|arm leg
It snows on this island once in a blue moon.|moon blue
Our teacher felt a bit under the weather.|weather
It was raining cats and dogs at the harbour.|cats dogs
The train kills two birds with one stone.|birds stone
Nobody mentioned the elephant in the room.|elephant room
The sailor is pulling your leg.|leg
The singer got cold feet.|feet
After the concert we hit the hay.|hay
Students burn the midnight oil.|oil
He burned his bridges with the orchestra.|bridges
Nurses go the extra mile.|mile
The builder cut corners.|corners
Stop beating around the bush about the budget.|bush
The company missed the boat on tablets.|boat
The whole orchestra is on the same page.|page
The engineers went back to the drawing board.|drawing board
At six the gardeners called it a day.|day
The village gave the tourist the cold shoulder.|shoulder
The storm was a blessing in disguise.|disguise
That is tea in a nutshell.|nutshell
The broken umbrella was the last straw.|straw
The headline added fuel to the fire.|fuel fire
The letter opened a can of worms.|worms
The detective was barking up the wrong tree.|tree
Every bakery jumped on the bandwagon.|bandwagon
Do not put all your eggs in one basket, says the banker.|eggs basket
Take the horoscope with a grain of salt.|salt grain
The boxer threw in the towel.|towel
The bride had butterflies in her stomach.|butterflies stomach
The passport is a needle in a haystack.|needle haystack
The senator has skeletons in the closet.|skeletons closet
Now the ball is in the teacher's court.|ball court
The waiter bent over backwards.|backwards
The fishermen keep their fingers crossed.|fingers
A neighbour lent me a helping hand.|hand
The children know the poem by heart.|heart
She bakes bread from scratch.|scratch
The puppy stole the show.|show
The map sent us on a wild goose chase.|goose chase
My uncle is the black sheep of the family.|sheep
I cannot wrap my head around chess.|head
The pilot lost his head.|head
The answer is on the tip of my tongue, said the student.|tongue tip
He quits jobs at the drop of a hat.|hat drop
My grandmother footed the bill.|foot
Good architects think outside the box.|box
The apprentice learned the ropes.|ropes
The minister had to face the music.|music
We save coins for a rainy day.|rainy day
The council sits on the fence.|fence
The school turned over a new leaf.|leaf
The museum is low-hanging fruit for burglars.|fruit
Many musicians struggle to make ends meet.|ends
The nurse has a heart of gold.|gold heart
There is light at the end of the tunnel for the bakery.|tunnel
The lecture was food for thought.|food
The volunteers rolled up their sleeves.|sleeves
One umbrella is a drop in the ocean.|ocean drop
`
const KOREAN = `
커피를 새로운 눈으로 바라보세요.|snow 눈
간판이 눈에 확 띄었어요.|snow 눈
노란 우산이 눈에 띈다.|snow 눈
그 요리사는 눈이 높아요.|snow 눈
여름은 눈 깜짝할 사이에 지나갔다.|snow 눈
병원은 눈코 뜰 새 없이 바쁩니다.|snow 눈 nose
경찰은 실수를 눈감아 주었다.|snow 눈
강아지는 눈에 넣어도 아프지 않다.|snow 눈
고향의 바다가 눈에 밟힌다.|snow 눈
그 직원은 사장의 눈 밖에 났다.|snow 눈
이웃 회사가 기술에 눈독을 들인다.|snow 눈독
손님은 쓰레기에 눈살을 찌푸렸다.|snow 눈살
운전자가 한눈을 팔았다.|snow 한눈
도시가 한눈에 들어온다.|snow 한눈
시장 상인은 발이 넓다.|feet 발
학생들이 발 벗고 나섰다.|feet 발
회사는 발등에 불이 떨어졌다.|fire 불 발등
비가 여행의 발목을 잡았다.|발목
시장은 발 디딜 틈도 없다.|발
폭설에 비행기 승객의 발이 묶였다.|발
할머니는 손이 커서 김치를 많이 담근다.|hands 손
회사는 게임에서 손을 뗐다.|hands 손
아이들은 방학을 손꼽아 기다린다.|hands 손
축구 경기는 손에 땀을 쥐게 했다.|hands 손 땀
아들은 부모에게 손을 벌렸다.|hands 손
날씨가 손바닥 뒤집듯 바뀐다.|손바닥
우리 사장은 귀가 얇아요.|귀
독서가 중요하다는 말을 귀에 못이 박히게 들었다.|못 귀
선생님은 학생의 말에 귀를 기울였다.|귀
투자 소식에 귀가 솔깃했다.|귀
그 의사는 입이 무겁다.|mouth 입
손님들은 빵을 입에 침이 마르도록 칭찬했다.|침 입
우리 아이는 입이 짧다.|입
전문가들은 입을 모았다.|입
관객은 입을 다물지 못했다.|입
챔피언의 코가 납작해졌다.|코
시험이 코앞이다.|코앞
사기꾼은 얼굴이 두껍다.|face 얼굴
정치인은 얼굴에 철판을 깔았다.|face 얼굴 철판
직원들이 머리를 맞대었다.|머리
작가는 머리를 쥐어짰다.|머리
공원에서 머리를 식혔다.|머리
아버지의 편지를 가슴에 새겼다.|가슴
가족은 가슴을 쓸어내렸다.|가슴
선수는 어깨가 무겁다.|어깨
두 나라가 기술에서 어깨를 나란히 한다.|어깨
강아지 짖는 소리에 간 떨어질 뻔했다.|간
수리비는 배보다 배꼽이 더 크다.|boat 배꼽
관객은 배꼽을 잡고 웃었다.|boat 배꼽
가족은 허리띠를 졸라맸다.|허리띠
과학자는 무릎을 탁 쳤다.|무릎
친구들이 가수를 비행기 태웠다.|airplane 비행기
관광객이 바가지를 썼다.|바가지
김칫국부터 마시지 마세요, 학생 여러분.|김칫국
코딩은 누워서 떡 먹기예요.|떡
시험은 식은 죽 먹기였다.|죽
서울의 집은 그림의 떡이다.|painting 그림 떡
집을 사기는 하늘의 별 따기다.|sky stars 하늘 별
두 커피의 맛은 하늘과 땅 차이예요.|sky 하늘 땅
그 회사는 우물 안 개구리다.|우물 개구리
이 쓰레기는 빙산의 일각이다.|빙산
내 월급은 사장에 비하면 새 발의 피다.|bird 새 피
소 잃고 외양간 고치는 회사.|cow 소 외양간
불난 집에 부채질하는 신문.|house 집 부채질
여름 휴가는 물 건너갔다.|water 물
사업이 물거품이 되었다.|물거품
비가 축제에 찬물을 끼얹었다.|찬물
등산은 산 넘어 산이다.|mountain
재활용은 꿩 먹고 알 먹기다.|꿩 알
강아지가 시치미를 뗀다.|시치미
농부는 파김치가 됐다.|파김치
누가 고양이 목에 방울을 달까, 직원들은 고민했다.|cat 고양이 방울
밑 빠진 독에 물 붓기 같은 투자.|water 물 독
티끌 모아 태산이라고 은행은 말한다.|태산
가는 날이 장날이라 식당이 닫혔다.|장날
`

const cases = (lines: string, language: string) =>
  lines
    .trim()
    .split('\n')
    .map((line) => line.split('|') as [string, string])
    .map(([said, none]) => [language, said, none] as const)
const ALL = [...cases(ENGLISH, 'en'), ...cases(KOREAN, 'ko')]

describe('an idiom', () => {
  it('is no search and no keyword, in its many forms', () => {
    expect(ALL.filter(([language]) => language === 'en').length).toBeGreaterThanOrEqual(60)
    expect(ALL.filter(([language]) => language === 'ko').length).toBeGreaterThanOrEqual(60)
    const wrong = ALL.flatMap(([language, said, none]) => {
      const keyword = keywordFor(said, language)
      // When nothing else is said, the keyword is the whole text.
      const shown = keyword === said.replace(/[.,?]/g, '') ? '' : keyword
      const words = `${searchQueryFor(said, language)} ${shown}`.split(' ')
      return none.split(' ').some((word) => words.includes(word)) ? [`${said} → ${words.join(' ')}`] : []
    })
    expect(wrong).toEqual([])
  })

  it('leaves the rest of the sentence to be looked for', () => {
    expect(searchQueryFor('You will see coffee with new eyes.', 'en')).toBe('coffee')
    expect(searchQueryFor('커피를 새로운 눈으로 바라보세요.', 'ko')).toBe('coffee')
    expect(searchQueryFor('A song broke the ice at the harbour festival.', 'en')).toBe(
      'song harbour festival',
    )
  })

  it('that is all that is said is looked for by what it means', () => {
    expect(searchQueryFor('With new eyes.', 'en')).toBe('person discovering view')
    expect(searchQueryFor('누워서 떡 먹기예요!', 'ko')).toBe('easy success')
    expect(idiomMeaning('That broke the ice.')).toBe('people meeting')
    expect(idiomMeaning('The ice on the lake broke.')).toBeNull()
  })

  it.each([
    ['en', 'Children with brown eyes and a cake.', ['eyes', 'cake']],
    ['en', 'The ice on the lake broke.', ['ice', 'lake']],
    ['en', 'Cats and dogs play in the rain.', ['Cats', 'dogs']],
    ['ko', '하얀 눈이 내린 산.', ['snow', 'mountain']],
    ['ko', '새가 하늘을 난다.', ['bird', 'sky']],
    ['ko', '손을 씻는 아이.', ['hands', 'child']],
  ])('is not what is meant word by word (%s): %s', (language, said, wanted) => {
    for (const word of wanted) expect(searchQueryFor(said, language)).toContain(word)
  })
})
