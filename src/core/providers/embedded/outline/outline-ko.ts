import { KOREAN_CHAPTERS } from './outline-ko-chapters.ts'
import type { OutlineWords } from './outline-words.ts'

/** 해요체로만 씁니다. 주제 뒤의 조사는 받침에 맞춰 붙입니다. */
export const KOREAN_OUTLINE: OutlineWords = {
  hooks: {
    plain: [
      { text: '{topic}, 얼마나 알고 계세요?', keyword: '', visuals: 'curious face close up' },
      { text: '오늘은 {topic} 이야기를 해 볼게요.', keyword: '', visuals: 'people talking table' },
      { text: '{topic:을/를} 새로운 눈으로 바라볼 준비 되셨나요?', keyword: '', visuals: 'eye close up' },
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
      text: '한마디로 무엇일까요? 친구에게 말하듯 쉽게 설명해 볼게요.',
      keyword: '한마디로',
      visuals: 'two friends talking cafe',
    },
    {
      text: '왜 지금 중요할까요? 생각보다 우리 생활 깊숙이 들어와 있거든요.',
      keyword: '왜 지금?',
      visuals: 'busy street people walking',
    },
    {
      text: '한번 눈에 들어오기 시작하면 어디에서나 보이게 돼요.',
      keyword: '어디에나',
      visuals: 'aerial city view',
    },
    {
      text: '{topic:이라는/라는} 말은 익숙하지만, 전체 이야기를 아는 사람은 드물어요.',
      keyword: '전체 이야기',
      visuals: 'group discussion table',
    },
  ],
  chapters: KOREAN_CHAPTERS,
  fillers: [
    '{part:은/는} 뒤에서 다시 나오니 기억해 두세요.',
    '잘 고른 사진 한 장이 {part:을/를} 가장 잘 보여 줘요.',
    '세 사람에게 {part:을/를} 물으면 세 가지 답이 나와요.',
    '짧은 예를 하나 들면 {part:이/가} 훨씬 쉽게 보여요.',
    '{part:은/는} 할 말이 더 많지만, 핵심은 여기까지예요.',
    '그래서 {part:을/를} 더 자세히 볼 필요가 있어요.',
    '많은 사람이 {part:을/를} 그냥 지나치는데, 참 아까워요.',
    '잠깐 멈추고 내 생활 속의 {part:을/를} 떠올려 보세요.',
    '누가 {part:을/를} 물어보면 이제 대답할 수 있겠죠?',
    '{part:이/가} 빠지면 나머지 이야기는 이어지지 않아요.',
  ],
  takeaways: [
    {
      text: '기억하세요. 자세히 볼수록 {topic:은/는} 더 재미있어져요.',
      keyword: '기억하세요',
      visuals: 'light bulb glowing dark',
    },
    {
      text: '정리할게요. 작게 시작하고, 궁금해하고, 두 번 보세요.',
      keyword: '정리',
      visuals: 'notebook writing pen',
    },
    {
      text: '딱 하나만 남긴다면, 보기보다 쉽다는 거예요.',
      keyword: '딱 하나',
      visuals: 'single leaf water drop',
    },
    { text: '여기까지가 핵심이에요.', keyword: '핵심', visuals: 'walnut hand close up' },
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
  thisTopic: '이 주제',
  titles: [
    '{topic}, 이것만은 알아 두세요',
    '{topic:을/를} 보는 새로운 눈',
    '{topic}, 짧게 정리했어요',
    '{topic} 자세히 들여다보기',
  ],
  description:
    '“{topic}” 주제의 초안 틀입니다. 언어 모델 없이 만들어 순서와 길이만 맞춰 두었으니, 사실과 예시는 직접 채워 주세요. 렌더링하기 전에 각 장면을 고쳐 주세요.',
  tags: ['알아보기', '초안'],
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
