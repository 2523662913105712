import { KOREAN_CHAPTERS } from './outline-ko-chapters.ts'
import type { OutlineWords } from './outline-words.ts'

/** 해요체로만 씁니다. 주제 뒤의 조사는 받침에 맞춰 붙입니다. */
export const KOREAN_OUTLINE: OutlineWords = {
  hooks: {
    plain: [
      { text: '{topic}, 얼마나 알고 계세요?', keyword: '', visuals: 'curious face close up' },
      { text: '오늘은 {topic} 이야기를 해 볼게요.', keyword: '', visuals: 'people talking table' },
      {
        text: '{topic:을/를} 새로운 눈으로 바라볼 준비 되셨나요?',
        keyword: '',
        visuals: 'sunrise over hills',
      },
      {
        text: '{topic}, 들어는 봤지만 자세히 본 적은 없으시죠?',
        keyword: '',
        visuals: 'magnifying glass close up',
      },
      {
        text: '잠깐만 시간을 내 주시면 {topic:이/가} 다르게 보일 거예요.',
        keyword: '',
        visuals: 'sunrise time lapse',
      },
      {
        text: '아무도 알려 주지 않은 {topic} 이야기, 지금 시작할게요.',
        keyword: '',
        visuals: 'person thinking window',
      },
    ],
    funny: [
      {
        text: '경고할게요. 이 영상을 보고 나면 {topic} 이야기만 하게 될지도 몰라요.',
        keyword: '',
        visuals: 'friends laughing party',
      },
      {
        text: '아무도 안 물어봤지만, {topic} 이야기를 준비했어요.',
        keyword: '',
        visuals: 'person shrugging smiling',
      },
      { text: '간식은 잠시 내려놓으세요. {topic} 시간이에요.', keyword: '', visuals: 'popcorn bowl hand' },
      { text: '고양이는 관심 없겠지만, {topic} 이야기예요.', keyword: '', visuals: 'cat looking at camera' },
    ],
    serious: [
      { text: '이제 {topic:을/를} 솔직하게 들여다볼 때예요.', keyword: '', visuals: 'city skyline dawn' },
      {
        text: '{topic:을/를} 제대로 이해하는 사람은 많지 않아요.',
        keyword: '',
        visuals: 'person reading library',
      },
      { text: '{topic}, 가볍게 넘길 수 없는 이야기예요.', keyword: '', visuals: 'crowd crossing street' },
      {
        text: '우리가 {topic:을/를} 차분히 살펴봐야 하는 이유가 있어요.',
        keyword: '',
        visuals: 'hands holding documents',
      },
    ],
  },
  reasons: [
    {
      text: '한마디로 무엇일까요? [채울 답: 친구에게 말하듯 쉽게 한 문장.]',
      keyword: '한마디로',
      visuals: 'two friends talking cafe',
    },
    {
      text: '왜 지금 중요할까요? [채울 사실: 요즘 무엇이 달라졌는지.]',
      keyword: '왜 지금?',
      visuals: 'busy street people walking',
    },
    {
      text: '어디에서 만날 수 있을까요? [채울 사례: 누구나 아는 곳.]',
      keyword: '어디에서?',
      visuals: 'aerial city view',
    },
    {
      text: '{topic:이라는/라는} 말은 익숙하시죠? [채울 사실: 잘 알려지지 않은 부분.]',
      keyword: '전체 이야기',
      visuals: 'group discussion table',
    },
  ],
  chapters: KOREAN_CHAPTERS,
  fillers: [
    '[채울 사례: {part:과/와} 관련된 일 하나 더.]',
    '[채울 숫자: {part:을/를} 보여 주는 숫자.]',
    '[채울 한마디: {part:을/를} 두고 누군가 한 말.]',
    '[채울 이야기: {part:을/를} 처음 알게 된 날.]',
    '[채울 사실: 잘 알려지지 않은 {part}.]',
    '[채울 의견: {part:을/를} 어떻게 생각하는지.]',
    '[채울 사례: 다른 나라의 {part}.]',
    '[채울 사실: 세월이 지나며 달라진 {part}.]',
    '[채울 답: {part:을/를} 두고 가장 많이 묻는 것.]',
    '[채울 사례: 사진 한 장에 담은 {part}.]',
    '[채울 사실: {part:을/를} 다시 봐야 하는 까닭.]',
    '[채울 방법: {part:을/를} 더 알아볼 곳.]',
  ],
  takeaways: [
    {
      text: '이것만은 기억하세요. [채울 답: 가장 중요한 한 가지.]',
      keyword: '기억하세요',
      visuals: 'light bulb glowing dark',
    },
    {
      text: '짧게 정리할게요. [채울 답: 전체를 한 문장으로.]',
      keyword: '정리',
      visuals: 'notebook writing pen',
    },
    {
      text: '하나만 해 본다면 이거예요. [채울 방법: 내일 바로 해 볼 일.]',
      keyword: '딱 하나',
      visuals: 'single leaf water drop',
    },
    { text: '[채울 답: 열 글자로 줄인 이야기.]', keyword: '정리', visuals: 'notebook writing pen' },
  ],
  calls: [
    { text: '여러분은 어떻게 생각하세요?', keyword: '여러분은?', visuals: 'person pointing at camera' },
    { text: '더하고 싶은 이야기를 댓글로 남겨 주세요.', keyword: '댓글', visuals: 'hands typing smartphone' },
    { text: '이 이야기가 필요한 사람에게 나눠 주세요.', keyword: '공유', visuals: 'friends sharing phone' },
    {
      text: '이번 주에 한번 해 보고, 어땠는지 알려 주세요.',
      keyword: '해 보기',
      visuals: 'calendar week planning',
    },
    { text: '다음에 또 만나요.', keyword: '또 만나요', visuals: 'waving hand sunset' },
  ],
  spoken: { character: 0.855, digit: 1.15, end: 2.15, stop: 2.25 },
  thisTopic: '이 주제',
  titles: [
    '{topic}, 이것만은 알아 두세요',
    '{topic:을/를} 보는 새로운 눈',
    '{topic}, 짧게 정리했어요',
    '{topic} 자세히 들여다보기',
  ],
  tags: ['알아보기'],
  topics: [
    '커피가 잠을 깨우는 원리',
    '고양이가 골골대는 이유',
    '꿀벌의 비밀스러운 하루',
    '빨리 잠드는 방법',
    '하늘이 파란 이유',
    '자전거의 발명',
    '비 냄새가 좋은 이유',
    '등대가 지켜 낸 바다',
    '행복한 사람들의 작은 습관',
    '바다에서 가장 깊은 곳',
    '빵이 바꾼 세상',
    '가을에 단풍이 드는 이유',
  ],
}
