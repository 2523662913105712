import type { OutlineChapter } from './outline-words.ts'

/** The points that an outline chooses from. Their order doesn't matter; the order of their lines does. */
export const KOREAN_CHAPTERS: OutlineChapter[] = [
  {
    part: '시작',
    keyword: '시작',
    visuals: 'old photographs wooden table',
    lines: [
      '처음으로 돌아가 볼게요. [채울 사실: 언제, 어디서, 누가 시작했는지.]',
      '[채울 사실: 그때는 어떤 모습이었는지.]',
      '[채울 사례: 지금도 그대로인 것 한 가지.]',
    ],
  },
  {
    part: '사람들의 사연',
    keyword: '사람들',
    visuals: 'portrait people smiling outdoors',
    lines: [
      '{topic} 뒤에는 사람이 있어요. [채울 이야기: 한 사람의 이름과 사연.]',
      '[채울 한마디: 그 사람이 남긴 말.]',
      '[채울 사실: 그 사람의 하루.]',
    ],
  },
  {
    part: '일상',
    keyword: '일상',
    visuals: 'kitchen morning routine',
    lines: [
      '평범한 하루를 떠올려 보세요. [채울 사례: 나도 모르게 만나는 순간.]',
      '[채울 사례: 집이나 일터에서 하나 더.]',
      '[채울 사실: 없다면 무엇이 달라질지.]',
    ],
  },
  {
    part: '흔한 실수',
    keyword: '흔한 실수',
    visuals: 'broken cup floor',
    lines: [
      '많이들 하는 실수가 있어요. [채울 사례: 사람들이 자주 틀리는 것.]',
      '[채울 사실: 왜 그런 실수를 하는지.]',
      '[채울 방법: 바로잡으려면 어떻게 할지.]',
    ],
  },
  {
    part: '첫걸음',
    keyword: '첫걸음',
    visuals: 'feet walking path',
    lines: [
      '직접 해 보고 싶다면 이것부터예요. [채울 방법: 가장 먼저 할 일.]',
      '[채울 사실: 준비물과 걸리는 시간.]',
      '[채울 사례: 잘됐을 때의 모습.]',
    ],
  },
  {
    part: '비용',
    keyword: '비용',
    visuals: 'coins counting hands',
    lines: [
      '비용도 궁금하시죠? [채울 숫자: 얼마가 들고, 누가 내는지.]',
      '[채울 사례: 가격을 견줘 볼 만한 다른 것.]',
      '[채울 의견: 그만한 값을 하는지.]',
    ],
  },
  {
    part: '숫자',
    keyword: '숫자',
    visuals: 'calculator charts desk',
    lines: [
      '숫자로 살펴볼게요. [채울 숫자: 모두가 놀랄 만한 숫자 하나.]',
      '[채울 사례: 누구나 아는 비슷한 크기의 것.]',
      '[채울 사실: 누가 언제 조사했는지.]',
    ],
  },
  {
    part: '숨은 부분',
    keyword: '숨은 부분',
    visuals: 'macro texture close up',
    lines: [
      '가까이 들여다볼게요. [채울 사실: 많은 사람이 놓치는 부분.]',
      '[채울 사례: 어디에서 볼 수 있는지.]',
      '[채울 사실: 그 부분이 왜 중요한지.]',
    ],
  },
  {
    part: '오해',
    keyword: '오해',
    visuals: 'fog forest path',
    lines: [
      '반대로 알고 계셨을지도 몰라요. [채울 사례: 널리 퍼진 오해.]',
      '[채울 사실: 실제로는 어떤지.]',
      '[채울 방법: 어디에서 확인할 수 있는지.]',
    ],
  },
  {
    part: '과학',
    keyword: '과학',
    visuals: 'laboratory scientist microscope',
    lines: [
      '연구자들은 뭐라고 할까요? [채울 사실: 연구 결과 하나와 밝혀낸 사람.]',
      '[채울 숫자: 얼마나 확실한지.]',
      '[채울 사실: 아직 아무도 모르는 것.]',
    ],
  },
  {
    part: '도구',
    keyword: '도구',
    visuals: 'tools workbench hands',
    lines: [
      '알맞은 도구가 있으면 쉬워져요. [채울 방법: 나라면 고를 도구.]',
      '[채울 사실: 다른 것보다 나은 점.]',
      '[채울 숫자: 쓸 만한 것의 가격.]',
    ],
  },
  {
    part: '장소',
    keyword: '장소',
    visuals: 'map travel landscape',
    lines: [
      '장소도 중요해요. [채울 사례: 전혀 다르게 하는 곳.]',
      '[채울 사실: 그곳 사람들이 하는 일.]',
      '[채울 방법: 가까이에서 볼 수 있는 곳.]',
    ],
  },
  {
    part: '시기',
    keyword: '시기',
    visuals: 'clock hourglass close up',
    lines: [
      '시기도 중요해요. [채울 방법: 언제 시작하고 언제 기다릴지.]',
      '[채울 사례: 때를 잘 맞춘 사람.]',
      '[채울 사실: 때가 왔다는 신호.]',
    ],
  },
  {
    part: '장점',
    keyword: '장점',
    visuals: 'happy person stretching nature',
    lines: [
      '{topic}에서 무엇을 얻을 수 있을까요? [채울 사실: 가장 큰 장점.]',
      '[채울 사례: 누군가에게 도움이 된 일.]',
      '[채울 숫자: 얼마나 달라지는지.]',
    ],
  },
  {
    part: '위험',
    keyword: '위험',
    visuals: 'storm clouds sea',
    lines: [
      '다른 면도 살펴봐야겠죠? [채울 사실: 무엇이 잘못될 수 있는지.]',
      '[채울 숫자: 그런 일이 얼마나 잦은지.]',
      '[채울 방법: 안전하게 하려면 어떻게 할지.]',
    ],
  },
  {
    part: '비교',
    keyword: '비교',
    visuals: 'two apples side by side',
    lines: [
      '잘 아는 것과 비교해 볼게요. [채울 사례: 닮은 것과 닮지 않은 것.]',
      '[채울 사실: 가장 큰 차이 한 가지.]',
      '[채울 의견: 둘 중 무엇을 고를지.]',
    ],
  },
  {
    part: '전환점',
    keyword: '전환점',
    visuals: 'crossroads aerial view',
    lines: [
      '흐름이 바뀐 순간이 있었어요. [채울 이야기: 모든 것을 바꾼 그날.]',
      '[채울 사실: 그 전에는 어땠는지.]',
      '[채울 사실: 그 뒤로 어떻게 됐는지.]',
    ],
  },
  {
    part: '미래',
    keyword: '미래',
    visuals: 'futuristic city lights night',
    lines: [
      '{topic}, 앞으로는 어떻게 될까요? [채울 사실: 지금 시험하고 있는 것.]',
      '[채울 의견: 무엇이 남고 무엇이 사라질지.]',
      '[채울 숫자: 언제쯤 만날 수 있을지.]',
    ],
  },
  {
    part: '반전',
    keyword: '반전',
    visuals: 'surprised face close up',
    lines: [
      '여기서 반전이 있어요. [채울 사실: 아무도 예상하지 못한 것.]',
      '[채울 이야기: 처음 알게 된 순간.]',
      '[채울 사실: 그렇게 된 까닭.]',
    ],
  },
  {
    part: '전문가의 시선',
    keyword: '전문가',
    visuals: 'expert interview microphone',
    lines: [
      '전문가라면 뭐라고 할까요? [채울 한마디: 잘 아는 사람의 말.]',
      '[채울 사실: 그 전문가가 누구인지.]',
      '[채울 방법: 전문가들이 모두 권하는 것.]',
    ],
  },
  {
    part: '감정',
    keyword: '감정',
    visuals: 'person watching sunset silhouette',
    lines: [
      '어떤 느낌인지도 궁금하시죠? [채울 이야기: 기억에 남는 순간.]',
      '[채울 사례: 다른 사람들이 말하는 느낌.]',
      '[채울 의견: 무엇이 특별한지.]',
    ],
  },
  {
    part: '자연',
    keyword: '자연',
    visuals: 'green forest river drone',
    lines: [
      '우리 주변에도 흔적을 남겨요. [채울 사실: 자연에 미치는 영향.]',
      '[채울 숫자: 그 양이 얼마나 되는지.]',
      '[채울 방법: 도움이 되는 작은 변화.]',
    ],
  },
  {
    part: '남은 질문',
    keyword: '남은 질문',
    visuals: 'question mark chalkboard',
    lines: [
      '아직 풀리지 않은 질문이 있어요. [채울 사실: 의견이 갈리는 점.]',
      '[채울 의견: 어느 쪽이라고 생각하는지.]',
      '[채울 사례: 반대쪽의 그럴듯한 이유.]',
    ],
  },
]
