import type { StudioWords } from './en.ts'

export const studioKo: StudioWords = {
  seconds: (value) => `${value}초`,
  loading: '불러오는 중…',
  drafts: '초안',
  toDrafts: '모든 초안',
  untitled: '새 초안',
  missing: '없는 초안이거나 볼 수 없는 초안입니다.',
  signedOut: '로그아웃되었습니다. 계속하려면 스튜디오 링크를 새로 열어 주세요.',
  unreachable: 'Rushes에 연결할 수 없습니다. 인터넷 연결을 확인하고 다시 시도해 주세요.',
  failed: '처리하지 못했습니다. 다시 시도해 주세요.',
  offline: '오프라인입니다. 다시 연결되면 다른 사람이 바꾼 내용이 바로 표시됩니다.',
  backOnline: '다시 연결되었습니다. 화면의 내용은 모두 최신입니다.',
  close: '닫기',
  dismiss: '이 메시지 닫기',
  someone: '누군가',
  asVoice: '음성 길이에 맞춤',
  skip: '타임라인으로 건너뛰기',
  removed: (place) => `${place}번째 장면을 삭제했습니다. ‘되돌리기’를 누르면 복구됩니다.`,

  list: {
    intro:
      '주제만 입력하면 Rushes가 대본을 쓰고, 음성을 만들고, 배경 영상을 찾습니다. 마음에 들지 않는 부분은 바꾸면 됩니다.',
    about: '어떤 영상을 만들까요?',
    fromTopic: '주제로 시작',
    fromScript: '직접 쓴 대본으로 시작',
    topicExample: '하늘은 왜 파랄까',
    scriptExample: '내레이션을 붙여 넣으세요. 입력하신 그대로 사용합니다.',
    more: '추가 옵션',
    styleHint: '예: 차분하게, 재미있게, 어린이를 위해',
    voice: '음성',
    voiceHint: '음성 서비스에 있는 음성 이름. 비워 두면 기본 음성을 사용합니다.',
    noMusic: '음악 없음',
    create: '초안 만들기',
    creating: '만드는 중…',
    none: '아직 초안이 없습니다. 첫 초안을 만들면 여기에 표시됩니다.',
    noMatch: '조건에 맞는 초안이 없습니다.',
    search: '초안 찾기',
    all: '전체',
    status: '상태',
    total: (count) => `초안 ${count}개`,
    earlier: '더 보기',
    by: (name) => `${name} 작성`,
    segments: (count) => `장면 ${count}개`,
    writing: '대본 작성 중',
    notWritten: '만들지 못함',
  },

  draft: {
    status: '상태',
    summary: (length, segments) => `${length} · 장면 ${segments}개`,
    approvals: (standing, needed) => `승인 ${needed}명 중 ${standing}명`,
    approved: (count) => `승인 ${count}명`,
    here: '지금 보고 있는 사람',
    alsoHere: (names) => `함께 보는 사람: ${names}`,
    tabs: '초안 정보',
    segment: '장면',
    film: '초안',
    noSegment: '타임라인에서 장면을 선택하면 내용과 화면을 바꿀 수 있습니다.',
    rendering: (percent) => `렌더링 중, ${percent}퍼센트 완료`,
    percent: (percent) => `${percent}%`,
    finished: '완성 영상',
    finishedHint: '수정하려면 ‘수정하기’를 누르세요. 다시 렌더링하면 이 완성 영상을 대신합니다.',
    older: '최근 수정 전에 렌더링한 완성 영상',
    downloads: '다운로드',
    video: '동영상 (MP4)',
    subtitles: '자막 (SRT)',
    webSubtitles: '자막 (VTT)',
    poster: '포스터 (JPEG)',
    onYouTube: 'YouTube에서 보기',
    thread: '스레드 열기',
    details: '세부 정보',
    author: '시작한 사람',
    music: (mood, percent) => `${mood}, ${percent}%`,
    noMusic: '음악 없음',
    percentHint: '0~100%',
    tagsHint: '쉼표로 구분',
    askDelete: (title) => `“${title}” 초안을 장면과 완성 영상까지 모두 삭제할까요? 되돌릴 수 없습니다.`,
    stillWriting: '보통 1분 안에 끝납니다. 이 페이지를 떠나도 작업은 계속됩니다.',
    notCreated: '초안을 만들지 못했습니다',
  },

  conflict: {
    title: (name) => `${person(name)} 먼저 바꾸었습니다`,
    ask: (name) =>
      `편집하시는 동안 ${person(name)} 먼저 바꾸었습니다. 편집하신 내용은 아직 저장되지 않았습니다.`,
    theirs: (name) => (name === '' ? '상대방 내용' : `${honored(name)} 내용`),
    yours: '내 내용',
    keep: (name) => (name === '' ? '상대방 내용 유지' : `${honored(name)} 내용 유지`),
  },

  insert: {
    after: (place) => `장면 ${place} 뒤에 추가`,
    first: '장면 추가',
    searchHint: '화면에 보여 줄 내용. 비워 두면 내레이션을 바탕으로 찾습니다.',
  },

  timeline: {
    title: '타임라인',
    tools: '타임라인 편집',
    help: 'Enter 키로 장면을 열고, 화살표 키로 다음 장면으로 이동하고, 스페이스 키로 장면을 집어 옮깁니다.',
    helpToRead: 'Enter 키로 장면을 열고, 화살표 키로 다음 장면으로 이동합니다.',
    block: (place, total) => `장면 ${total}개 중 ${place}번째`,
    notes: (count) => `메모 ${count}개`,
    suggestion: '제안 있음',
    lacking: '음성이나 배경 영상 없음',
    making: '음성이나 배경 영상 준비 중',
    trim: (place) => `장면 ${place} 길이`,
    trimHint: '끌어서 길이를 바꿉니다. 두 번 클릭하면 음성 길이에 맞춥니다.',
    split: '재생 위치에서 나누기',
    zoomIn: '확대',
    zoomOut: '축소',
    fit: '전체 보기',
    playhead: '재생 위치',
    moment: (at, total) => `${total} 중 ${at}`,
  },

  move: {
    lifted: (place, total) =>
      `장면 ${total}개 중 ${place}번째를 집었습니다. 화살표 키로 옮기고, 스페이스 키로 내려놓고, Esc 키로 취소합니다.`,
    at: (place, total) => `${total}개 중 ${place}번째 위치`,
    dropped: (place, total) => `${total}개 중 ${place}번째 위치에 내려놓았습니다.`,
    cancelled: '취소했습니다. 장면이 원래 위치로 돌아갔습니다.',
  },
}

/** With 님, unless the name has it already. */
function honored(name: string): string {
  return name.endsWith('님') ? name : `${name} 님`
}

/** Somebody as the one who does something: 님 ends in a consonant. */
function person(name: string): string {
  return name === '' ? '누군가가' : `${honored(name)}이`
}
