import type { StudioWords } from './en.ts'

export const studioKo: StudioWords = {
  brand: 'Rushes',
  seconds: (value) => `${value}초`,
  loading: '불러오는 중…',
  drafts: '초안',
  toDrafts: '모든 초안으로 돌아가기',
  untitled: '새 초안',
  notFound: '없는 초안이거나 볼 수 없는 초안입니다.',
  unreachable: 'Rushes에 연결할 수 없습니다. 연결 상태를 확인하고 다시 시도해 주세요.',
  failed: '처리하지 못했습니다. 다시 시도해 주세요.',
  close: '닫기',
  dismiss: '이 메시지 닫기',

  panel: {
    player: {
      title: '플레이어',
      play: '재생',
      pause: '일시정지',
      seek: '재생 위치',
      volume: '볼륨',
      fullScreen: '전체 화면',
      waiting: '소리를 불러오는 중…',
      soundFailed: '음악을 입힌 소리를 불러오지 못해 음성만 재생합니다.',
      making: '아직 만드는 중인 장면은 정지 화면으로 보여 줍니다.',
      voicesOnly: '음악을 입히는 중이라 지금은 음성만 들립니다.',
    },
  },
}
