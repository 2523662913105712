import { josa } from 'es-hangul'
import { countryNameIn } from '../../core/model/country-name.ts'
import { languageNameIn } from '../../core/model/language-name.ts'
import type { Unusable } from '../../core/model/unusable.ts'
import type { WebhookAddressTrouble } from '../../core/model/webhooks.ts'
import { wordsOfIcon } from '../../core/providers/embedded/drawn/icons.ts'
import { koreanFor } from '../../core/providers/script/korean-glossary.ts'
import type { Words } from './en.ts'
import { PERMISSIONS_KO, REFUSALS_KO } from './permissions.ts'
import { providerName } from './provider-name.ts'
import { SIGN_IN_KO } from './sign-in.ts'
import { studioKo } from './studio/ko.ts'
import { UPLOAD_REFUSALS_KO } from './upload-refusals-ko.ts'
import { API_KO, WEB_KO } from './web.ts'

const FIELDS_KO: Record<string, string> = {
  topic: '주제',
  script: '대본',
  title: '제목',
  description: '설명',
  tags: '태그',
  style: '스타일',
  narration: '내레이션',
  searchQuery: '배경 영상 검색어',
  keyword: '키워드',
  duration: '길이',
  targetDuration: '영상 길이',
  format: '화면 비율',
  template: '자막 스타일',
  mood: '음악 분위기',
  volume: '음악 음량',
  language: '언어',
  voice: '음성',
  voiceSpeed: '말하기 속도',
  status: '상태',
  instruction: '요청 사항',
  pronunciations: '발음 목록',
  listLimit: '한 페이지의 초안 수',
  privacy: '공개 범위',
  publishAt: '공개 시각',
  declaration: '시청자층',
  uploadAfter: '렌더링 후 업로드',
  order: '장면 목록',
  place: '위치',
  note: '메모',
  segment: '장면 번호',
  callToAction: '마무리 문구',
  logo: '로고',
  approvals: '승인 수',
  approvalsFrom: '승인할 그룹',
  tokenName: '토큰 이름',
  tokenScopes: '토큰 권한',
  url: '웹훅 주소',
  category: '카테고리',
}
const UNITS_KO = { percent: '%', '': '' }
const lengthKo = (seconds: number) => (seconds % 60 === 0 ? `${seconds / 60}분` : `${seconds}초`)
const PER_KO = { person: '한 사람이', workspace: '이 워크스페이스에서' }
const settingOf = (limit: string, whose: 'person' | 'workspace') =>
  whose === 'person' ? limit : `${limit}_PER_WORKSPACE`
const field = (name: string) => FIELDS_KO[name] ?? name

const ADDRESS_TROUBLES_KO: Record<WebhookAddressTrouble, string> = {
  no_address: '는 웹 주소여야 합니다.',
  not_https: '는 https://로 시작해야 합니다.',
  password: '에는 이름이나 비밀번호를 넣을 수 없습니다. 토큰이 들어 있는 주소를 사용해 주세요.',
  private:
    '가 사설 네트워크로 연결되어 여기서는 사용할 수 없습니다. 관리자에게 WEBHOOK_ALLOWED_NETWORKS 설정을 문의해 주세요.',
}

const UNUSABLE_KO: Record<Unusable, string> = {
  link: '바로 가기(링크)이니 파일 자체를 폴더에 넣어 주세요.',
  empty: '내용이 없는 파일입니다.',
  incomplete: '파일의 뒷부분이 없으니 다시 복사해 주세요.',
  design: '디자인 파일이나 문서이니 PNG나 JPEG로 내보내 주세요.',
  raw: '카메라 RAW 파일이니 JPEG나 MP4로 내보내 주세요.',
  sound: '소리만 있고 화면이 없습니다.',
  silent: '재생할 수 있는 소리가 없습니다.',
  too_large: '해상도가 너무 크니 줄여 주세요.',
  too_small: '너무 작습니다. 가로세로 64픽셀 이상이어야 합니다.',
  too_long: '한 시간이 넘으니 나누어 주세요.',
  undecodable: '손상되었거나 여기서 읽을 수 없는 형식입니다.',
  unknown: '배경 영상으로 쓸 수 있는 파일이 아닙니다.',
}

const PROVIDERS_KO: Words['provider'] = {
  openai: 'OpenAI',
  outline: '기본 개요',
  espeak: '기본 음성',
  pexels: 'Pexels',
  pixabay: 'Pixabay',
  media: '팀 폴더',
  drawn: '기본 그림',
  folder: '팀 음악 폴더',
  beds: '기본 음악',
  youtube: 'YouTube',
  webhook_target: '웹훅',
  own_file: '직접 올린 파일',
}

const SOMEBODY = '누군가'
/** Adds 님, unless the name already has it or is unknown. */
const person = (name: string) =>
  name === '' ? SOMEBODY : name === SOMEBODY || name.endsWith('님') ? name : `${name} 님`

export const ko: Words = {
  errors: {
    topic_or_script_missing: () => '주제나 대본을 입력해 주세요.',
    text_has_control_characters: (p) =>
      `${field(p.field)}에 제어 문자가 들어 있습니다. 일반 글자와 줄바꿈만 쓸 수 있습니다.`,
    text_empty: (p) => `${josa(field(p.field), '은/는')} 비워 둘 수 없습니다.`,
    language_not_spoken: (p) =>
      `${josa(field(p.field), '은/는')} 여기서 음성으로 만들 수 없는 언어로 되어 있습니다. 가능한 언어: ${p.allowed}`,
    language_not_written: (p) =>
      `여기에는 “${p.language}” 언어로 대본을 쓰는 서비스가 설정되어 있지 않습니다. 직접 쓴 대본을 입력하거나 다음 언어 중에서 선택해 주세요: ${p.written}`,
    text_without_words: (p) => `${field(p.field)}에 소리 내어 읽을 수 있는 글자가 없습니다.`,
    text_too_long: (p) => `${josa(field(p.field), '이/가')} ${p.length}자입니다. ${p.max}자까지 가능합니다.`,
    number_out_of_range: (p) =>
      `${josa(field(p.field), '은/는')} ${p.min}에서 ${p.max}${UNITS_KO[p.unit]} 사이의 숫자여야 합니다.`,
    duration_out_of_range: (p) =>
      `${josa(field(p.field), '은/는')} ${lengthKo(p.min)}에서 ${lengthKo(p.max)} 사이여야 합니다. 예: 90, 90초, 1:30, 2분`,
    not_a_choice: (p) =>
      `${field(p.field)}에 “${p.value}” 값은 사용할 수 없습니다. 사용할 수 있는 값: ${p.allowed}`,
    too_many_tags: (p) => `태그는 ${p.max}개까지, 각각 ${p.maxLength}자까지 가능합니다.`,
    pronunciation_line: (p) =>
      `“${p.line}” 항목을 읽을 수 없습니다. 한 줄에 하나씩 ‘표기 = 발음’ 형식으로 입력해 주세요. 예: NASA = 나사`,
    too_many_pronunciations: (p) => `발음 목록에는 최대 ${p.max}개까지 넣을 수 있습니다.`,
    call_to_action_letters: (p) => `${field(p.field)}의 글자를 화면에 표시할 수 없습니다.`,
    logo_unusable: (p) =>
      `이 로고는 사용할 수 없습니다: ${p.why === 'unknown' ? '이미지 파일이 아닙니다. PNG나 JPEG로 보내 주세요.' : UNUSABLE_KO[p.why]}`,
    logo_not_fetched: (p) => `로고를 내려받지 못했습니다. ${p.megabytes}MB 이하의 파일로 다시 올려 주세요.`,
    draft_not_found: (p) => `여기에는 “${p.draftId}” 초안이 없습니다.`,
    draft_ambiguous: (p) =>
      `“${p.words}”에 맞는 초안이 여러 개입니다: ${p.drafts}. 그중 하나의 ID를 입력해 주세요.`,
    segment_not_found: () => '그 장면은 더 이상 초안에 없습니다.',
    candidate_not_found: () => '그 배경 영상은 더 이상 후보에 없습니다. 다시 검색해 주세요.',
    revision_not_found: (p) => `이 초안의 기록에 ${p.number}번 시점이 없습니다.`,
    list_expired: () => '목록이 만료되었습니다. /draft list 명령을 다시 입력해 주세요.',
    form_expired: () => '입력하신 내용이 만료되었습니다. 초안에서 양식을 다시 열어 주세요.',
    rewrite_not_configured: () =>
      '내레이션을 다시 쓰려면 OpenAI 같은 대본 서비스가 필요하지만, 설정된 서비스가 없습니다.',
    job_not_found: () => '여기에는 그런 작업이 없습니다.',
    draft_busy: () => '이 초안은 렌더링 중입니다. 끝날 때까지 기다리거나 먼저 취소해 주세요.',
    placeholders_left: (p) =>
      `장면 ${p.total}개 중 ${p.count}개에 아직 빈칸이 있습니다. 그대로 렌더링할까요?`,
    draft_already_rendering: () => '다른 사람이 이미 이 초안의 렌더링을 시작했습니다.',
    draft_finalized: () => '완성된 초안입니다. 먼저 ‘수정하기’를 눌러 주세요.',
    draft_not_finalized: () => '아직 완성되지 않은 초안이라 바로 수정할 수 있습니다.',
    no_video: () => '이 초안의 완성 영상이 더는 없습니다. 다시 렌더링해 주세요.',
    nothing_to_cancel: () => '이 초안에는 취소할 작업이 없습니다.',
    assets_missing: (p) =>
      `${p.segments}번 장면에 배경 영상이나 음성이 없습니다. 그 장면에서 ‘다시 시도’를 누르거나 내레이션 또는 검색어를 바꿔 주세요.`,
    nothing_to_undo: () => '되돌릴 것이 없습니다.',
    nothing_to_redo: () => '다시 실행할 것이 없습니다.',
    too_few_segments: () => '초안에는 장면이 하나 이상 있어야 합니다.',
    too_many_segments: (p) => `초안에는 장면을 ${p.max}개까지 둘 수 있습니다.`,
    cannot_move: () => '이 장면은 그 방향으로 더 옮길 수 없습니다.',
    cannot_split: () => '이 장면에는 문장이 하나뿐이어서 나눌 수 없습니다.',
    cannot_merge: () => '마지막 장면이어서 합칠 다음 장면이 없습니다.',
    merged_too_long: (p) => `두 내레이션을 합치면 ${p.max}자를 넘으므로 합칠 수 없습니다.`,
    upload_not_configured: () => '업로드하려면 YouTube 계정이 필요하지만, 연결된 계정이 없습니다.',
    disk_full: () =>
      '디스크가 가득 차서 저장하지 못했습니다. 이미 저장된 내용은 그대로 있습니다. 관리자에게 공간 확보를 요청한 뒤 다시 시도해 주세요.',
    database_busy: () =>
      '데이터베이스가 다른 작업을 처리하느라 바쁩니다. 바뀐 내용은 없습니다. 잠시 뒤에 다시 시도해 주세요.',
    database_failed: () =>
      '데이터베이스를 읽거나 쓸 수 없습니다. 디스크가 가득 찼거나 고장 났습니다. 관리자에게 확인을 요청한 뒤 다시 시도해 주세요.',
    database_read_only: () =>
      '데이터베이스에 쓸 수 없어 아무것도 바뀌지 않았습니다. 관리자에게 파일 권한 확인을 요청해 주세요.',
    database_damaged: () =>
      '데이터베이스가 손상되었습니다. 바뀐 내용은 없습니다. 관리자에게 백업 복원을 요청해 주세요.',
    disk_low: (p) =>
      `디스크 여유 공간이 ${p.freeMegabytes}MB뿐인데 ${p.neededMegabytes}MB가 필요합니다. 관리자에게 공간 확보를 요청한 뒤 다시 시도해 주세요.`,
    ffmpeg_missing: (p) => `사용할 수 있는 ffmpeg를 찾지 못했습니다: ${p.detail}`,
    ffmpeg_failed: (p) => `ffmpeg 작업이 실패했습니다: ${p.detail}`,
    cancelled: () => '취소했습니다.',
    voice_failed: (p) => `음성을 만들지 못했습니다: ${p.detail}`,
    footage_failed: (p) => `배경 영상을 가져오지 못했습니다: ${p.detail}`,
    footage_not_found: () => '이 검색어에 맞는 배경 영상을 찾지 못했습니다. 다른 검색어로 시도해 주세요.',
    file_unusable: ({ name, why }) =>
      `“${name}” 파일은 사용할 수 없습니다. ${UNUSABLE_KO[why] ?? UNUSABLE_KO.unknown}`,
    file_too_large: (p) =>
      `파일이 너무 큽니다. ${p.megabytes}MB까지 올릴 수 있으니 길이나 크기를 줄여 주세요.`,
    upload_broken_off: () => '파일이 끝까지 전송되지 않아 아무것도 바꾸지 않았습니다. 다시 올려 주세요.',
    script_failed: (p) => `대본을 쓰지 못했습니다: ${p.detail}`,
    music_failed: (p) => `음악을 가져오지 못했습니다: ${p.detail}`,
    other_voice: (p) => `대신 ${josa(providerName(ko, p.provider), '을/를')} 사용했습니다.`,
    language_guessed: (p) =>
      `대본 언어를 ${josa(languageNameIn('ko', p.language), '으로/로')} 판단했습니다. 다르면 언어를 바꿔 주세요.`,
    ended_too_often: (p) => `이 작업을 하는 동안 Rushes가 ${p.times}번 중단되었습니다.`,
    internal_failure: () => 'Rushes에 문제가 생겼습니다. 자세한 내용은 로그에 있습니다.',
    script_refused: () => '대본 서비스가 이 주제를 거절했습니다. 다른 표현으로 시도해 주세요.',
    not_to_be_approved: (p) =>
      `${p.segments}번 장면에 아직 음성이나 배경 영상이 없습니다. 모두 준비된 뒤에 승인해 주세요.`,
    footage_coming: () => '선택한 배경 영상이 아직 준비되지 않았습니다. 준비된 뒤에 승인해 주세요.',
    approval_outdated: () => '그 사이에 초안이 바뀌었습니다. 다시 확인한 뒤에 승인해 주세요.',
    approvals_missing: (p) =>
      `렌더링하려면 ${p.role === '' ? '' : `${p.role} `}${p.needed}명의 승인이 필요한데 지금은 ${p.standing}명입니다.${p.people === '' ? '' : ` 아직 승인하지 않음: ${p.people}`}`,
    approvals_unknown: (p) =>
      `지금은 누가 ${p.role}에 속하는지 확인할 수 없어 승인을 인정하지 못합니다. 잠시 뒤에 다시 시도해 주세요.`,
    approval_void: () => '승인된 내용과 달라졌습니다. 초안을 다시 확인하고 승인해 주세요.',
    role_not_found: (p) =>
      `${josa(field(p.field), '을/를')} 찾을 수 없습니다. 삭제되었을 수 있으니 다른 것을 선택해 주세요.`,
    not_allowed_to_lower: () =>
      '필요한 승인 수를 줄이거나 승인할 사람을 바꾸는 일은 워크스페이스 관리자만 할 수 있습니다.',
    watch_not_yet: (p) =>
      `${p.segments}번 장면의 음성이나 배경 영상을 아직 준비하고 있습니다. 모두 준비되면 ‘미리 보기’를 다시 눌러 주세요.`,
    watch_too_long: (p) =>
      `초안이 길어 ${p.megabytes}MB 안에 들어가는 미리 보기를 만들 수 없습니다. 장면을 하나씩 재생해 주세요.`,
    nothing_to_withdraw: () => '아직 이 초안을 승인하지 않으셨습니다.',
    not_allowed_to_write: () => '이 채널에 글을 쓸 수 있는 사람만 초안을 수정할 수 있습니다.',
    not_allowed_to_create: () =>
      '이 워크스페이스의 멤버이면서 여기에 글을 쓸 수 있는 사람만 초안을 시작할 수 있습니다.',
    not_allowed_to_manage: () => '이 워크스페이스의 관리자만 설정을 바꿀 수 있습니다.',
    not_allowed_to_delete: () => '초안은 만든 사람이나 관리자만 삭제할 수 있습니다.',
    limit_open_drafts: (p) =>
      `${p.whose === 'person' ? '진행 중인' : '이 워크스페이스에서 진행 중인'} 초안이 한도인 ${p.max}개에 도달했습니다. 먼저 하나를 완성하거나 삭제하거나, 관리자에게 ${settingOf('MAX_OPEN_DRAFTS', p.whose)} 값을 올려 달라고 요청해 주세요.`,
    limit_open_drafts_of: (p) =>
      `이 초안을 만든 ${p.name === '' ? '사람' : person(p.name)}의 진행 중인 초안이 한도인 ${p.max}개에 도달했습니다. 먼저 그중 하나를 완성하거나 삭제하거나, 관리자에게 MAX_OPEN_DRAFTS 값을 올려 달라고 요청해 주세요.`,
    limit_renders: (p) =>
      `렌더링은 ${PER_KO[p.whose]} 한 시간에 ${p.max}번까지 가능합니다. ${p.again}부터, 또는 관리자가 ${settingOf('MAX_RENDERS_PER_HOUR', p.whose)} 값을 올리면 다시 할 수 있습니다.`,
    limit_seconds: (p) =>
      `완성 영상은 ${PER_KO[p.whose]} 하루에 ${p.max}초까지 가능합니다. ${p.again}부터, 또는 관리자가 ${settingOf('MAX_VIDEO_SECONDS_PER_DAY', p.whose)} 값을 올리면 다시 할 수 있습니다.`,
    limit_paid_calls: (p) =>
      `대본, 음성, 배경 영상은 ${PER_KO[p.whose]} 한 시간에 ${p.max}번까지 요청할 수 있습니다. ${p.again}부터, 또는 관리자가 ${settingOf('MAX_PAID_CALLS_PER_HOUR', p.whose)} 값을 올리면 다시 할 수 있습니다.`,
    budget_spent: (p) => {
      // Read as dollars, so the particle is the one for 달러.
      const budget = `${p.whose === 'bot' ? '전체' : '이 워크스페이스의'} 하루 예산 $${p.usd}`
      const setting = p.whose === 'bot' ? 'MAX_USD_PER_DAY' : 'MAX_USD_PER_DAY_PER_WORKSPACE'
      if (p.again === null)
        return `이 작업을 하면 ${budget}를 넘게 됩니다. 관리자가 ${setting} 값을 올리면 할 수 있습니다.`
      return `${budget}를 모두 사용하여 지금은 유료 서비스를 이용할 수 없습니다. ${p.again}부터, 또는 관리자가 ${setting} 값을 올리면 다시 이용할 수 있습니다.`
    },
    workspace_not_allowed: () =>
      '이 워크스페이스에서는 Rushes를 사용할 수 없습니다. 운영자가 ALLOWED_WORKSPACES에 추가하면 사용할 수 있습니다.',
    arrange_line: (p) =>
      `“${p.line}” 줄이 장면 번호로 시작하지 않습니다. 줄을 통째로 옮기거나 지우고 번호는 그대로 유지해 주세요.`,
    arrange_twice: (p) => `${p.number}번 장면이 목록에 두 번 있습니다. 둘 중 한 줄을 지워 주세요.`,
    arrange_unknown: (p) => `${p.number}번 장면은 없습니다. 이 목록의 번호는 1부터 ${p.max}까지입니다.`,
    arrange_words: (p) =>
      `목록에서 ${p.number}번 장면의 내용이 바뀌었습니다. 이 목록에서는 순서를 바꾸거나 삭제할 수만 있습니다. 내용은 장면의 ‘편집’에서 수정해 주세요.`,
    direct_messages_not_allowed: () =>
      '여기서는 개인 메시지로 Rushes를 사용할 수 없습니다. Rushes를 사용할 수 있는 서버에서 이용해 주세요.',
    accounts_not_configured: () =>
      '여기에는 YouTube 채널 연결이 설정되어 있지 않습니다. Rushes 운영자가 GOOGLE_CLIENT_ID와 GOOGLE_CLIENT_SECRET을 설정하면 사용할 수 있습니다.',
    account_not_found: (p) =>
      `여기에는 연결된 “${p.name}” 채널이 없습니다. /draft account list를 입력하면 모두 볼 수 있습니다.`,
    link_not_found: () => '이 연결은 끝났습니다. /draft account link로 다시 시작해 주세요.',
    link_denied: () => 'Google 페이지에서 접근이 거부되어 채널을 연결하지 않았습니다.',
    link_expired: () =>
      '제한 시간 안에 코드를 입력하지 않았거나 이미 사용한 코드입니다. /draft account link로 다시 시작해 주세요.',
    account_without_channel: () =>
      '이 Google 계정에는 YouTube 채널이 없습니다. YouTube에서 채널을 만들거나 다른 계정을 골라 다시 연결해 주세요.',
    account_scope_missing: () =>
      'YouTube 채널 관리 권한을 받지 못해 연결하지 않았습니다. 권한을 선택한 채로 다시 연결해 주세요.',
    access_ended: () =>
      'Google이 이 채널에 대한 접근을 더 이상 받아들이지 않습니다. 권한이 취소되었거나 만료되었습니다. /draft account link로 다시 연결해 주세요. Google 프로젝트가 테스트 상태이면 7일마다 만료됩니다.',
    credentials_unreadable: () =>
      '저장할 때와 CREDENTIALS_KEY가 달라서 이 채널의 접근 정보를 읽을 수 없습니다. 채널을 다시 연결하거나 이전 키를 되돌려 주세요.',
    client_refused: (p) =>
      `Google이 GOOGLE_CLIENT_ID와 GOOGLE_CLIENT_SECRET을 받아들이지 않습니다(${p.reason}). Rushes 운영자가 확인해야 합니다.`,
    upload_refused: ({ reason, message }) =>
      Object.hasOwn(UPLOAD_REFUSALS_KO, reason)
        ? ((UPLOAD_REFUSALS_KO as Record<string, string>)[reason] ?? reason)
        : `YouTube가 거부했습니다: ${message === '' ? reason : message}`,
    has_angle_brackets: (p) =>
      `${field(p.field)}에는 YouTube에서 허용하지 않는 < 또는 > 문자를 쓸 수 없습니다.`,
    too_many_bytes: (p) =>
      `${josa(field(p.field), '이/가')} ${p.bytes}바이트입니다. YouTube에서는 ${p.max}바이트까지 가능합니다.`,
    tags_too_long: (p) => `YouTube 계산 방식으로 태그가 모두 ${p.length}자입니다. ${p.max}자까지 가능합니다.`,
    not_a_time: (p) =>
      `${josa(field(p.field), '은/는')} 2026-01-31 18:00처럼 협정 세계시(UTC) 날짜와 시각이어야 합니다.`,
    time_in_past: (p) => `${josa(field(p.field), '은/는')} 현재보다 뒤여야 합니다.`,
    schedule_needs_private: () =>
      '공개 범위가 비공개일 때만 예약할 수 있습니다. 예약한 시각이 되면 공개됩니다.',
    upload_going_on: () => '이미 업로드하고 있습니다.',
    upload_done_already: () => '이미 YouTube에 올렸습니다.',
    not_uploaded: () => '아직 YouTube에 올리지 않았습니다.',
    no_film_to_upload: () => '업로드할 완성 영상이 없습니다. 먼저 초안을 렌더링해 주세요.',
    publish_needs_second: () => '이 워크스페이스에서는 승인이 필요하므로 다른 사람이 공개해야 합니다.',
    note_not_found: () => '그 메모는 더 이상 없습니다.',
    note_not_yours: () => '메모는 쓴 사람만 삭제할 수 있습니다.',
    too_many_notes: (p) =>
      `${p.where === 'segment' ? '장면' : '초안'} 하나에는 메모를 ${p.max}개까지 남길 수 있습니다. 먼저 메모를 몇 개 삭제해 주세요.`,
    no_such_segment: (p) => `${p.place}번 장면은 없습니다. 이 초안의 장면은 ${p.total}개입니다.`,
    proposal_not_found: () => '그 제안은 더 이상 없습니다.',
    proposal_decided: (p) => {
      const who = josa(person(p.name), '이/가')
      if (p.state === 'replaced') return `그사이 ${who} 다른 제안을 요청했습니다.`
      return `${who} 이미 이 제안을 ${p.state === 'accepted' ? '적용' : '거절'}했습니다.`
    },
    token_not_found: (p) =>
      `여기에는 “${p.name}” 토큰이 없습니다. /draft token을 입력하면 모두 볼 수 있습니다.`,
    token_name_taken: (p) =>
      `여기에는 이미 “${p.name}” 토큰이 있습니다. 다른 이름을 쓰거나 그 토큰을 먼저 폐기해 주세요.`,
    too_many_tokens: (p) =>
      `워크스페이스에는 토큰을 ${p.max}개까지 만들 수 있습니다. 하나를 먼저 폐기해 주세요.`,
    bundle_not_finished: () => '편집용 파일은 완성 영상으로 만듭니다. 먼저 초안을 렌더링해 주세요.',
    bundle_going_on: () => '이미 편집용 파일을 만들고 있습니다. 완성되면 스레드에 올라옵니다.',
    bundle_file_lost: () =>
      '이 완성 영상의 배경 영상이나 음성 파일이 없어 편집용 파일을 만들 수 없습니다. 수정하기를 누른 뒤 다시 렌더링해 주세요.',
    bundle_other_length: () =>
      '이 완성 영상은 이전 버전의 Rushes로 렌더링해서 편집용 파일과 길이가 맞지 않습니다. 수정하기를 누른 뒤 다시 렌더링해 주세요.',
    webhook_address: (p) =>
      `${field(p.field)}${ADDRESS_TROUBLES_KO[p.why] ?? ADDRESS_TROUBLES_KO.no_address}`,
    webhook_gone: () => '더 이상 아무것도 보내지 말라고 응답했습니다(HTTP 410).',
    webhook_unreadable: () =>
      '저장할 때와 CREDENTIALS_KEY가 달라서 주소를 읽을 수 없습니다. 주소를 다시 입력해 주세요.',
  },
  providerFailed: {
    unauthorized: (provider) =>
      `${josa(provider, '이/가')} API 키를 받아들이지 않거나 이 작업을 허용하지 않습니다.`,
    rate_limited: (provider) => `${provider}의 요청 한도에 도달했습니다.`,
    unavailable: (provider) => `${provider}에 연결할 수 없거나 문제가 있습니다.`,
    bad_answer: (provider) => `${josa(provider, '이/가')} 사용할 수 없는 응답을 보냈습니다.`,
    refused: (provider) => `${josa(provider, '이/가')} 요청을 거절했습니다.`,
    too_large: (provider) => `${josa(provider, '이/가')} 보낸 파일이 너무 크거나 깁니다.`,
    nothing_found: (provider) => `${provider}에서 찾은 결과가 없습니다.`,
    not_offered: (provider) => `${josa(provider, '은/는')} 이 기능을 제공하지 않습니다.`,
  },
  provider: PROVIDERS_KO,
  unusable: UNUSABLE_KO,
  otherProvider: '다른 출처',
  unexpected: (reference) =>
    `문제가 생겼습니다. 바뀐 내용은 없습니다. 관리자에게 이 번호를 알려 주세요: ${reference}`,
  tookTooLong: '너무 오래 걸려 중단했습니다. 바뀐 내용은 없습니다. 잠시 뒤에 다시 시도해 주세요.',
  expiredAction: 'Rushes 이전 버전의 버튼입니다. /draft show 명령으로 초안을 다시 열어 주세요.',
  somebody: SOMEBODY,
  permission: (name) =>
    REFUSALS_KO[name] ??
    (name.includes(':')
      ? `앱에 “${name}” 권한 범위가 없습니다. 앱 관리자가 권한 범위를 추가하고 앱을 다시 설치해야 합니다.`
      : `여기서 “${PERMISSIONS_KO[name] ?? name}” 권한이 없습니다. 관리자에게 권한을 요청한 뒤 다시 시도해 주세요.`),

  invite: (bot) =>
    `Rushes가 아직 이 채널에 참여하지 않았습니다. 여기에 /invite @${bot} 명령을 입력한 뒤 다시 시도해 주세요.`,
  closedConversation:
    '다른 사람들 사이의 개인 대화에는 글을 올릴 수 없습니다. 채널이나 저와의 개인 메시지에서 명령어를 사용해 주세요.',
  fileTooLarge: '이 초안의 파일이 여기에 보낼 수 있는 크기보다 큽니다. 가능하면 용량을 줄인 파일을 올립니다.',
  messageLocked: '이 초안의 메시지 하나를 더는 수정할 수 없습니다. 몇 분 뒤에 새 메시지로 바꿉니다.',
  placeGone:
    '이 초안의 채널이나 스레드가 없어졌습니다. 이어서 진행할 곳에서 /draft show 명령을 입력해 주세요.',
  platformBusy: (seconds) =>
    `짧은 시간에 메시지를 너무 많이 보냈습니다. ${Math.max(1, seconds)}초 뒤에 다시 시도해 주세요.`,
  platformAway: '채팅 서비스가 응답하지 않았습니다. 아무 변화가 없으면 다시 시도해 주세요.',
  formTooLate: '양식을 제때 열지 못했습니다. 다시 시도해 주세요.',

  status: {
    editing: '음성과 배경 영상 준비 중',
    assets_ready: '렌더링 준비 완료',
    converting: '렌더링 중',
    finalized: '완성',
  },
  statusTyped: { editing: '준비 중', assets_ready: '준비 완료', converting: '렌더링', finalized: '완료' },
  jobState: { queued: '대기 중', running: '진행 중', done: '완료', failed: '실패', cancelled: '취소됨' },
  format: { shorts: '세로 9:16', landscape: '가로 16:9', square: '정사각형 1:1' },
  template: { clean: '기본', entertainment: '예능', news: '뉴스', minimal: '미니멀' },
  mood: {
    calm: '차분한',
    energetic: '힘찬',
    happy: '즐거운',
    dramatic: '극적인',
    mysterious: '신비로운',
    uplifting: '희망찬',
  },
  music: (mood) => `${mood} 음악`,
  noMusic: '음악 없음',
  seconds: (value) => `${trim(value)}초`,

  draft: {
    startedBy: (name) => `${josa(person(name), '이/가')} 시작`,
    untitled: '새 초안',
    writing: (topic) =>
      topic === '' ? '주제를 정하고 대본을 쓰고 있습니다…' : `“${topic}” 대본을 쓰고 있습니다…`,
    splitting: '대본을 장면으로 나누고 있습니다…',
    failed: (reason) => `초안을 만들지 못했습니다. ${reason}`,
    length: (planned, actual, exact) => {
      if (actual === null) return planned === null ? '' : `목표 ${planned}초`
      const length = `${exact ? '' : '약 '}${trim(actual)}초`
      return planned === null ? length : `${length} (목표 ${planned}초)`
    },
    segments: (count) => `장면 ${count}개`,
    placeholders: (count, total) => `장면 ${total}개 중 ${count}개에 아직 빈칸이 있습니다.`,
    fillIn: '[ ] 안의 글을 실제 내용으로 바꿔 주세요.',
    otherTopics: '다른 추천 주제로 초안 시작하기',
    assets: (voices, footage, total) => `음성 ${voices}/${total} · 배경 영상 ${footage}/${total}`,
    tags: '태그',
    music: (mood, volume) => `${mood} 음악, ${volume}%`,
    captions: (template) => `자막 스타일 ${template}`,
    rendering: '완성 영상을 렌더링하고 있습니다',
    renderFailed: (reason) => `지난 렌더링이 실패했습니다. ${reason}`,
    soundFailed: (reason) => `음성과 음악을 미리 합치지 못했습니다. ${reason}`,
    renderCancelled: '지난 렌더링은 취소되었습니다.',
    expiry: (days) =>
      `한동안 아무도 이 초안을 수정하지 않았습니다. 계속 수정하지 않으면 ${days === 1 ? '하루' : `${days}일`} 뒤에 삭제됩니다.`,
    deleted: '삭제된 초안입니다.',
    expired: (days) =>
      `${days === 1 ? '하루' : `${days}일`} 동안 아무도 수정하지 않아 초안이 삭제되었습니다.`,
    used: (tokens, characters) =>
      [...(tokens > 0 ? [`토큰 ${tokens}개`] : []), ...(characters > 0 ? [`음성 ${characters}자`] : [])].join(
        ', ',
      ),
    cost: (used, usd, date) =>
      `지금까지 사용: ${used === '' ? '' : `${used}, `}약 $${usd} (${date} 가격 기준)`,
    costUnknown: (models) => `${models} 가격은 알 수 없음`,
    noThread: '여기서는 스레드를 만들 수 없어 이 초안은 채널에서 진행합니다.',
    goTo: '초안으로 가기',
    announce: (name, topic) =>
      `${josa(person(name), '이/가')} 초안을 시작했습니다${topic === '' ? '' : `: ${topic}`}`,
    announceDone: (title) => `“${title}” 완성 영상이 준비되었습니다.`,
  },

  controls: {
    making: '음성과 배경 영상을 만들고 있습니다. 렌더링은 다 만들어진 뒤에 시작합니다.',
    missing: '아직 준비되지 않은 음성이나 배경 영상이 있습니다. 렌더링을 누르면 먼저 만듭니다.',
    makingToApprove: '음성과 배경 영상을 만들고 있습니다. 다 만들어진 뒤에 승인해 주세요.',
    missingToApprove: '음성이나 배경 영상이 없는 장면이 있습니다. 다시 시도한 뒤에 승인해 주세요.',
    approvals: '아직 승인되지 않았습니다.',
    rendering: '렌더링 중입니다. 진행 상황은 맨 위에 나옵니다.',
    toTop: '↑ 맨 위로',
    uploads: (channel) => `완성되면 “${channel}” 채널에 비공개로 업로드`,
  },

  approvals: {
    by: (names, more) => `승인: ${names}${more === 0 ? '' : ` 외 ${more}명`}`,
    name: person,
    outdated: (name, changes) => `승인: ${name} · 이후 변경 ${changes}건`,
    needed: (standing, needed, role) =>
      `렌더링 전 ${role === null ? '' : `${role} `}승인 ${needed}명 필요 · 현재 ${standing}명`,
  },

  segment: {
    heading: (place, total) => `장면 ${place}/${total}`,
    search: '배경 영상 검색어',
    keyword: '키워드',
    voiceComing: '음성을 만드는 중…',
    footageComing: '배경 영상을 찾는 중…',
    clipFailed: (reason) => `클립을 만들지 못했습니다. ${reason}`,
    editedBy: (name) => `마지막 수정: ${person(name)}`,
    footageBy: (author, provider) => `배경 영상: ${author} / ${provider}`,
    footageFrom: (provider) => `배경 영상: ${provider}`,
    sameFootage: (places) => `${places}번 장면과 같은 배경 영상`,
    sameFootageAs: (places) => `${places}번 장면과 같은 배경 영상`,
    betterShownBy: (places) =>
      `이 검색어에 가장 잘 맞는 배경 영상은 이미 ${places}번 장면에 있어 다음으로 잘 맞는 것을 넣었습니다. 여기에도 쓰려면 ‘배경 영상 선택’에서 골라 주세요.`,
    unshown: (characters) => `자막 글꼴에 없는 글자라서 자막에 표시되지 않습니다: ${characters}`,
    preview: (place, text) => `장면 ${place}: ${text}`,
  },

  video: {
    details: (seconds, megabytes) => `${trim(seconds)}초 · ${megabytes}MB`,
    smallerCopy: (limit) => `여기에는 ${limit}까지만 올릴 수 있어 용량을 줄인 파일을 올렸습니다. 원본 파일:`,
    noFiles: '여기에는 파일을 올릴 수 없습니다. 원본 파일:',
    tooLarge: (limit) => `완성 영상이 여기에 올릴 수 있는 ${limit}보다 큽니다. 원본 파일:`,
    otherMusic: (reason) => `다른 음악을 사용했습니다. ${reason}`,
    withheld: (reason) =>
      `완성 영상이 준비되었지만 올리지 못했습니다. ${reason} 문제가 해결되면 올리겠습니다.`,
    goTo: '완성 영상으로 가기',
    reopened: '수정하는 중입니다. 다시 렌더링하면 새 완성 영상으로 바뀝니다.',
    credits: '출처',
    links: '링크',
  },

  buttons: {
    render: '렌더링',
    cancel: '취소',
    reopen: '수정하기',
    watchVideo: '보기',
    download: '다운로드',
    addSegment: '장면 추가',
    undo: '되돌리기',
    redo: '다시 실행',
    history: '기록',
    settings: '설정',
    delete: '삭제',
    reallyDelete: '완전히 삭제',
    renderAllTheSame: '그대로 렌더링',
    fillInFirst: '먼저 채우기',
    keep: '그대로 두기',
    retry: '다시 시도',
    language: '언어 바꾸기',
    writeAgain: '대본 다시 쓰기',
    edit: '편집',
    footage: '배경 영상 선택',
    revoice: '음성 다시 만들기',
    play: '재생',
    more: '기타 작업',
    about: '기타',
    changeLook: '스타일 바꾸기',
    moreOptions: '추가 옵션',
    moveTo: '위치 옮기기',
    arrange: '순서 정리',
    moveUp: '위로',
    moveDown: '아래로',
    insertAfter: '뒤에 추가',
    split: '둘로 나누기',
    merge: '다음 장면과 합치기',
    remove: '장면 삭제',
    rewrite: '요청대로 다시 쓰기',
    useThis: '이 문장으로 바꾸기',
    editAgain: '다시 편집',
    applyMine: '내 내용 사용',
    keepTheirs: (name) => `${person(name)} 내용 유지`,
    keepText: '지금 문장 유지',
    otherFootage: '다시 검색',
    previous: '더 최근 초안',
    next: '더 오래된 초안',
    watch: '미리 보기',
    approve: '승인',
    withdraw: '승인 취소',
    note: '메모',
    notes: (count) => `메모 ${count}개`,
    writeNote: '메모 쓰기',
    resolve: '해결',
    reopenNote: '미해결로 바꾸기',
    deleteNote: '삭제',
    accept: '제안 적용',
    editSuggestion: '제안 편집',
    dismiss: '제안 거절',
    useSuggestion: '제안 사용',
    allDrafts: '초안 목록',
    newer: '더 최근',
    older: '더 이전',
    approvals: '승인 설정',
    studio: '스튜디오',
    editingFiles: '편집용 파일',
    webhook: '웹훅…',
  },

  form: {
    edit: (place) => `장면 ${place} 편집`,
    add: '장면 추가',
    insert: (place) => `장면 ${place} 뒤에 추가`,
    settings: '설정',
    rewrite: (place) => `장면 ${place} 다시 쓰기`,
    create: '새 초안',
    workspace: '워크스페이스 설정',
    approvals: '렌더링 전 승인',
    approvalsHint: '2명 이상이면 작성자 본인의 승인은 세지 않습니다.',
    approvalsChoice: (number) => (number === 0 ? '필요 없음' : `${number}명`),
    approvalsFrom: '승인할 사람',
    anyone: '편집할 수 있는 누구나',
    pronunciations: '이름과 브랜드 읽는 법',
    pronunciationsHint: '한 줄에 하나씩: 표기 = 발음',
    pronunciationsExample: 'BTS = 방탄소년단\nIKEA = 이케아',
    callToAction: '마무리 문구',
    callToActionHint: '완성 영상 끝에 나오는 짧은 문구. 예: “@acme 팔로우하기”',
    logo: '로고',
    logoHint: 'PNG 또는 JPEG, 10MB 이하. 완성 영상 끝에 나옵니다.',
    keptLogo: '지금 로고',
    keptLogoYes: '그대로 두기',
    keptLogoNo: '삭제',
    endCard: '마무리 화면',
    endCardOn: '사용',
    endCardOff: '사용 안 함',
    save: '저장',
    start: '시작',
    narration: '내레이션',
    search: '배경 영상 검색어',
    searchHint: '화면에 보여 줄 내용. 영어로 입력하면 결과가 가장 많습니다.',
    keyword: '키워드',
    duration: '길이',
    durationHint: '예: 8, 8초, 1:30. 비워 두면 음성 길이에 맞춥니다. 음성은 잘리지 않습니다.',
    title: '제목',
    description: '설명',
    tags: '태그',
    tagsHint: '쉼표로 구분',
    template: '자막 스타일',
    music: '음악',
    volume: '음악 음량',
    volumeHint: '0~100%',
    upload: '업로드',
    uploadNo: '여기에만 올리기',
    uploadAs: (declaration) => `YouTube에 비공개로 올리기: ${declaration}`,
    arrange: '장면 순서 정리',
    order: '한 줄에 한 장면',
    orderHint: '줄을 옮기면 장면이 옮겨지고, 줄을 지우면 장면이 삭제됩니다. 번호는 그대로 유지해 주세요.',
    move: (place) => `장면 ${place} 옮기기`,
    place: '새 위치',
    placeHint: (total) => `1에서 ${total} 사이의 숫자`,
    instruction: '요청 사항',
    instructionHint: '예: 더 차분하게, 더 짧게, 질문으로 끝나게',
    topic: '주제',
    topicHint: '비워 두면 Rushes가 주제를 추천합니다',
    script: '직접 쓴 대본',
    scriptHint: '새로 쓰지 않고 입력하신 그대로 사용합니다',
    format: '화면 비율',
    targetDuration: '영상 길이',
    targetDurationHint: '예: 90, 90초, 1:30, 2분',
    style: '스타일',
    language: '언어',
    auto: '주제에 맞춤',
    note: (place) => `장면 ${place} 메모`,
    newNote: '새 메모',
    noteText: '메모',
    segmentNumber: '장면 번호',
    suggestion: (place) => `장면 ${place} 제안`,
    part: (label, number, total) => `${label} (${number}/${total})`,
    longText: (max) =>
      `여기에는 ${max}자까지 입력할 수 있습니다. 더 긴 글은 메시지로 올린 뒤 그 메시지의 메뉴에서 “이 글로 초안 만들기”를 선택해 주세요.`,
  },

  private: {
    starting: (link) => (link === null ? '초안을 만들고 있습니다.' : '초안을 만들고 있습니다:'),
    notSaved: '처리하지 못했습니다.',
    youTyped: '입력하신 내용입니다. 필요하면 복사해 두시기 바랍니다.',
    stale: (name) =>
      `편집하시는 동안 ${josa(person(name), '이/가')} 먼저 수정했습니다. 입력하신 내용은 아직 저장되지 않았습니다.`,
    theirs: (name) => `${person(name)} 내용`,
    yours: '입력하신 내용',
    topicTaken: '이 주제의 초안은 이미 다른 사람이 시작했습니다.',
    keptTheirs: '바뀐 내용이 없습니다.',
    applied: '저장했습니다.',
    savedWithMore: '저장했습니다. 양식에 다 담지 못한 아래 항목도 바꿀 수 있습니다.',
    notStarted: '‘시작’을 누르면 초안을 만듭니다. 양식에 다 담지 못한 아래 옵션은 먼저 바꿀 수 있습니다.',
    askDelete: (title) => `“${title}” 초안을 장면과 완성 영상까지 모두 삭제할까요? 되돌릴 수 없습니다.`,
    deleted: '초안을 삭제했습니다.',
    chooseFootage: (place) => `장면 ${place}의 배경 영상`,
    noFootage: '검색 결과가 없습니다. 다른 검색어로 시도해 주세요.',
    moreUnusable: (count) => `이 밖에도 사용할 수 없는 파일이 ${count}개 있습니다.`,
    choose: '하나를 골라 주세요',
    current: '지금 사용 중',
    usedBy: (places) => `이미 ${places}번 장면에 있음`,
    still: '정지 화면',
    fetching: (number) => `${number}번을 가져오는 중…`,
    chosen: (number) => `지금 ${number}번을 사용하고 있습니다.`,
    notFetched: (number, reason) => `${number}번을 사용하지 못했습니다. ${reason}`,
    sheet: (titles) => `번호가 붙은 후보 그림. ${titles}`,
    rewritten: '제안 문장입니다. ‘이 문장으로 바꾸기’를 누르기 전에는 바뀌지 않습니다.',
    history: '기록',
    historyCurrent: '현재',
    restoreThis: '이 시점으로 복원…',
    stepBy: (name, what) => `${person(name)}의 ${what}`,
    undid: (step) => `되돌렸습니다: ${step}`,
    redid: (step) => `다시 실행했습니다: ${step}`,
    wouldUndo: (step) => `‘되돌리기’를 누르면 취소되는 작업: ${step}`,
    restored: (number) => `초안을 ${number}번 시점으로 복원했습니다.`,
    jobs: '렌더링',
    noJobs: '아직 렌더링한 내역이 없습니다.',
    drafts: (from, to, total) =>
      from === 1 && to === total ? `초안 ${total}개` : `초안 ${total}개 중 ${from}–${to}`,
    deletedDraft: '삭제된 초안',
    byPerson: (name) => `시작한 사람: ${person(name)}`,
    noMatch: (filter) => `조건에 맞는 초안이 없습니다: ${filter}`,
    noPerson: (name) =>
      name === ''
        ? '볼 수 있는 초안 가운데 이 사람이 시작한 것이 없습니다.'
        : `볼 수 있는 초안 가운데 “${name}” 이름으로 시작한 것이 없습니다.`,
    noDrafts: '아직 초안이 없습니다. /draft create 명령으로 시작해 주세요.',
    shown: '초안:',
    pronunciationsSaved: (segments) =>
      segments === 0
        ? '저장했습니다. 앞으로 만드는 음성에 적용됩니다. 이미 만든 음성은 ‘음성 다시 만들기’를 눌러 주세요.'
        : `저장했습니다. 장면 ${segments}개의 음성을 다시 만들고 있습니다. 다른 초안에서는 ‘음성 다시 만들기’를 눌러 주세요.`,
    brandSaved: '저장했습니다. 앞으로 렌더링하는 완성 영상의 끝에 나옵니다.',
    brandRemoved: '저장했습니다. 이제 완성 영상 끝에 로고나 문구가 나오지 않습니다.',
    done: '완료했습니다.',
    approved: '지금 상태의 초안을 승인했습니다.',
    approvedBefore: '지금 상태의 초안은 이미 승인하셨습니다.',
    withdrawn: '승인을 취소했습니다.',
    watchMaking: (places) => `${places}번 장면의 클립을 먼저 만들고 있습니다. 다 되면 여기에 보여 드립니다.`,
    watchInThread: '스레드에서 볼 수 있습니다.',
    preview: (revision) => `미리 보기 · ${revision}번 시점`,
    renderWaits: '음성과 배경 영상이 다 만들어지면 렌더링을 시작합니다.',
    playing: '클립을 만들고 있습니다. 완료되면 스레드에 올라옵니다.',
    makingClip: '클립을 만들고 있습니다…',
    clipIsThere: '이 클립은 이미 스레드에 있습니다:',
    goToClip: '클립으로 가기',
    help: [
      'Rushes는 팀이 함께 짧은 내레이션 영상을 만드는 봇입니다.',
      '/draft create topic: 대본, 배경 영상, 음성을 갖춘 초안을 새 스레드에 만듭니다',
      '/draft create script: 직접 쓴 내레이션을 그대로 사용해 초안을 만듭니다',
      '/draft list, /draft show, /draft history, /draft jobs: 초안과 작업 내역을 찾아봅니다',
      '/draft delete: 초안과 파일을 삭제합니다',
      '/draft settings: 이름을 읽는 법, 완성 영상의 끝에 넣을 로고와 문구, 렌더링에 필요한 승인 수, 완성 영상을 알릴 웹훅을 정합니다',
      '/draft account: 완성 영상을 올릴 YouTube 채널 연결',
      '/draft token: 다른 프로그램이 Rushes를 쓸 수 있는 토큰 만들기',
      '/draft sessions: 스튜디오에 로그인한 브라우저를 보고 로그아웃합니다',
      '스레드에서는 누구나 모든 장면을 수정할 수 있습니다. 모두 마음에 들면 렌더링을 눌러 주세요.',
    ],
    cleaned: (when, megabytes) => `마지막 정리: ${when}, ${megabytes}MB 확보`,
  },

  action: {
    created: () => '대본 작성',
    script_written: () => '대본 다시 작성',
    text_edited: (place) => `장면 ${place}의 내레이션 수정`,
    query_edited: (place) => `장면 ${place}의 배경 영상 검색어 수정`,
    keyword_edited: (place) => `장면 ${place}의 키워드 수정`,
    duration_edited: (place) => `장면 ${place}의 길이 수정`,
    settings_edited: () => '설정 변경',
    pronunciation_changed: () => '발음 변경',
    segment_added: (place) => `장면 ${place} 추가`,
    segment_removed: (place) => `장면 ${place} 삭제`,
    segment_moved: (place) => `장면을 ${place}번째로 이동`,
    segment_split: (place) => `장면 ${place} 나누기`,
    segments_merged: (place) => `${place}번 장면을 다음 장면과 합치기`,
    revoiced: (place) => `장면 ${place}의 음성 다시 만들기`,
    footage_refetched: (place) => `장면 ${place}의 배경 영상 다시 검색`,
    footage_chosen: (place) => `장면 ${place}의 배경 영상 선택`,
    footage_uploaded: (place) => `장면 ${place}에 직접 올린 파일 사용`,
    segments_rearranged: () => '장면 순서 정리',
    restored: (place) => `${place}번 시점으로 복원`,
    proposal_accepted: (place) => `장면 ${place}에 제안 적용`,
  },

  notes: {
    by: (name) => `${person(name)} 메모:`,
    resolved: (name, by) => `${person(name)} 메모 (${josa(person(by), '이/가')} 해결):`,
    more: (count) => `메모 ${count}개 더 있음`,
    heading: (place, count) => `장면 ${place} 메모 (${count})`,
    none: '이 장면에는 메모가 없습니다.',
    newer: '더 최근 메모',
    older: '더 오래된 메모',
    suggestion: (provider, name, instruction) =>
      `${person(name)} 요청 “${instruction}”에 대한 ${provider} 제안:`,
    stale: '이 제안이 나온 뒤에 내레이션이 바뀌었습니다.',
    changedSince: (name) =>
      `이 제안이 나온 뒤에 ${josa(person(name), '이/가')} 내레이션을 수정했습니다. 제안은 아직 적용되지 않았습니다.`,
    theSuggestion: '제안',
    askedBy: (name) => `${person(name)} 요청`,
    keptAsNote: (reason) => `제안을 만들지 못해 메모로 남겼습니다. ${reason}`,
    unclear: (bot) => `어느 장면인지 알 수 없습니다. 장면 번호부터 써 주세요. 예: @${bot} 2번: 더 차분하게`,
    noDraft: (bot) =>
      `메모는 초안의 스레드에서 @${bot} 멘션으로 남길 수 있습니다. 새 초안은 /draft create 뒤에 주제를 입력해 시작해 주세요.`,
    roleMentioned: (bot) =>
      `역할이 아니라 봇을 직접 멘션한 메시지만 읽을 수 있습니다. @${bot}까지 입력하고 목록에서 봇을 선택한 뒤 ‘2번: 더 차분하게’처럼 써 주세요.`,
  },

  step: {
    created: () => '첫 대본',
    script_written: () => '새 대본',
    text_edited: (place) => `장면 ${place} 내레이션 수정`,
    query_edited: (place) => `장면 ${place} 배경 영상 검색어 수정`,
    keyword_edited: (place) => `장면 ${place} 키워드 수정`,
    duration_edited: (place) => `장면 ${place} 길이 수정`,
    settings_edited: () => '설정 변경',
    pronunciation_changed: () => '발음 변경',
    segment_added: (place) => `장면 ${place} 추가`,
    segment_removed: (place) => `장면 ${place} 삭제`,
    segment_moved: (place) => `장면 이동(${place}번째로)`,
    segment_split: (place) => `장면 ${place} 나누기`,
    segments_merged: (place) => `장면 ${place} 합치기`,
    revoiced: (place) => `장면 ${place} 음성 다시 만들기`,
    footage_refetched: (place) => `장면 ${place} 배경 영상 다시 검색`,
    footage_chosen: (place) => `장면 ${place} 배경 영상 선택`,
    footage_uploaded: (place) => `장면 ${place}에 올린 파일`,
    segments_rearranged: () => '장면 순서 정리',
    proposal_accepted: (place) => `장면 ${place} 제안 적용`,
    restored: (place) => `${place}번 시점으로 복원`,
  },

  changes: {
    none: '없음',
    asLong: '음성 길이에 맞춤',
    take: (number) => `${number}번째 음성`,
    footage: '배경 영상',
    position: '순서',
    voice: '음성',
    speed: '말하기 속도',
    more: (count) => `그 밖의 변경 ${count}개`,
  },

  drawn: {
    scene: {
      hills: '낮은 해 아래 겹겹이 이어진 언덕',
      rings: '밝은 중심을 둘러싼 동심원',
      skyline: '달을 배경으로 한 도시 스카이라인',
      ribbons: '물결치는 비단 띠',
      constellation: '빛나는 점들의 연결망',
      papercut: '겹겹이 오린 종이',
      sea: '바다 위의 낮은 해',
      poster: '기하학 도형 포스터',
      planets: '별 사이의 고리 행성',
      contours: '가상 지도의 등고선',
      leaves: '옅은 해 앞의 커다란 잎',
      blocks: '입체 기둥이 늘어선 풍경',
      bokeh: '초점이 흐린 불빛',
      halftone: '망점으로 그린 물결',
    },
    withIcon: (icon, scene) => {
      const shown = wordsOfIcon(icon).flatMap((word) => koreanFor(word) ?? [])[0]
      return shown === undefined ? `${scene}, 아이콘 포함` : `${scene}, 아이콘(${shown}) 포함`
    },
    flag: (country) => `${countryNameIn('ko', country)} 국기`,
  },

  commandLine: {
    unknownCommand: (name, allowed) =>
      `/draft ${name} 명령은 없습니다. 가능한 명령: ${allowed}. 새 초안을 시작하려면 /draft create 뒤에 주제를 입력해 주세요.`,
    offerTopic: (name, topic, allowed) =>
      `/draft ${name} 명령은 없습니다. “${topic}” 주제로 초안을 시작할까요? 가능한 명령: ${allowed}`,
    unknownOption: (name, allowed) =>
      `여기에는 “${name}:” 옵션이 없습니다. ${allowed === '' ? '옵션이 없는 명령입니다.' : `가능한 옵션: ${allowed}.`} 콜론이 들어간 말은 따옴표로 묶어 주세요.`,
    notAllowed: (name, value, allowed) =>
      `“${name}:” 옵션에 “${value}” 값은 사용할 수 없습니다. 사용할 수 있는 값: ${allowed}`,
    openQuote: (name) => `“${name}:” 뒤의 따옴표가 닫히지 않았습니다.`,
    missing: (name) => `/draft ${name} 뒤에 초안의 제목이나 ID를 입력해 주세요.`,
  },

  upload: {
    declaration: {
      plain: '아동용 아님, 실제처럼 보이는 AI 콘텐츠 없음',
      kids: '아동용, 실제처럼 보이는 AI 콘텐츠 없음',
      synthetic: '아동용 아님, 실제처럼 보이는 AI 콘텐츠 있음',
      kids_synthetic: '아동용, 실제처럼 보이는 AI 콘텐츠 있음',
    },
    privacy: { private: '비공개', unlisted: '일부 공개', public: '공개' },
    form: 'YouTube에 업로드',
    submit: '업로드',
    descriptionHint: '출처와 챕터는 아래에 자동으로 추가됩니다.',
    visibility: '공개 범위',
    declare: '아동용 여부와 AI 콘텐츠 여부',
    publishAt: '공개 시각',
    publishAtHint: '선택 사항, UTC 기준. 그때까지는 비공개입니다.',
    detailsForm: 'YouTube 정보 수정',
    button: '업로드…',
    cancel: '업로드 취소',
    publish: '공개하기',
    details: '정보 수정',
    category: '카테고리',
    categories: {
      '1': '영화/애니메이션',
      '2': '자동차/교통',
      '10': '음악',
      '15': '애완동물/동물',
      '17': '스포츠',
      '19': '여행/이벤트',
      '20': '게임',
      '22': '인물/블로그',
      '23': '코미디',
      '24': '엔터테인먼트',
      '25': '뉴스/정치',
      '26': '노하우/스타일',
      '27': '교육',
      '28': '과학기술',
      '29': '비영리/사회운동',
    },
    watch: 'YouTube에서 보기',
    publicAt: '공개 시각',
    going: (channel) => `YouTube “${channel}” 채널에 올리는 중`,
    failed: (reason) => `업로드하지 못했습니다. ${reason}`,
    cancelled: '업로드를 취소했습니다.',
    stays: (privacy) =>
      `YouTube가 ${privacy} 상태로 두었습니다. 심사를 받지 않은 Google 프로젝트에서 올리면 그렇게 됩니다.`,
    lacks: {
      poster: (reason) => `미리보기 이미지를 설정하지 못했습니다. ${reason}`,
      captions: (reason) => `자막을 추가하지 못했습니다. ${reason}`,
      details: (reason) => `새 제목과 설명을 설정하지 못했습니다. ${reason}`,
    },
    begun: '업로드를 시작했습니다. 진행 상황은 스레드에 표시됩니다.',
    changed: (privacy) => `YouTube 정보를 수정했습니다. 공개 범위: ${privacy}`,
    linkFirst:
      '아직 연결된 YouTube 채널이 없습니다. 워크스페이스 관리자가 /draft account link 명령으로 연결할 수 있습니다.',
    linkFirstHere: (command) =>
      `아직 연결된 YouTube 채널이 없습니다. 연결하려면 Rushes가 실행 중인 컴퓨터에서 다음 명령을 실행해 주세요: ${command}`,
    linkAgainHere: (channel, command) =>
      `YouTube “${channel}” 채널에 대한 접근 권한이 만료되었습니다. 다시 연결하려면 Rushes가 실행 중인 컴퓨터에서 다음 명령을 실행해 주세요: ${command}`,
  },

  editing: {
    begun: '편집용 파일을 만드는 중입니다. 완성되면 스레드에 올라옵니다.',
    making: '편집용 파일을 만드는 중',
    ready: (title) => `“${title}” 편집용 파일이 준비되었습니다.`,
    how: '먼저 압축을 풀어 주세요. 자막 없는 클립, 음성, 음악, 자막과 타임라인이 들어 있습니다. timeline.fcpxml은 Final Cut Pro와 DaVinci Resolve용이고, timeline.otio는 다른 편집 프로그램용입니다.',
    howWithoutMusic:
      '먼저 압축을 풀어 주세요. 자막 없는 클립, 음성, 자막과 타임라인이 들어 있습니다. timeline.fcpxml은 Final Cut Pro와 DaVinci Resolve용이고, timeline.otio는 다른 편집 프로그램용입니다.',
    failed: (reason) => `편집용 파일을 만들지 못했습니다. ${reason}`,
    stopped: '초안을 다시 수정하고 있어서 편집용 파일을 만들지 않았습니다.',
    gone: '편집용 파일이 정리되어 없습니다. 다시 만들려면 다시 시도를 눌러 주세요.',
    tooLarge: (size, limit) => `크기가 ${size}MB라서 여기서 보낼 수 있는 ${limit}MB를 넘습니다.`,
    noFiles: '여기서는 파일을 보낼 수 없습니다.',
    studio: '스튜디오에서 받기',
    onServer: '서버에 저장된 이 파일을 관리자에게 요청해 주세요:',
  },

  webhook: {
    form: '웹훅',
    url: '주소',
    urlHint: 'https://로 시작해야 합니다. 완성 영상이 나올 때마다 알립니다. 비워 두면 알리지 않습니다.',
    usualHint: 'https://로 시작해야 합니다. 비워 두면 모든 워크스페이스에 설정된 주소로 알립니다.',
    problemHint: '최근에 알림이 전달되지 않았습니다. 저장하면 다시 시도하고, 비우면 사용하지 않습니다.',
    secret: '서명 비밀 키',
    keepSecret: '그대로 사용',
    newSecret: '새로 만들기',
    saved: '저장했습니다. 완성 영상이 나올 때마다 이 주소로 알립니다.',
    once: '이 비밀 키로 서명을 확인해 주세요. 지금 한 번만 표시됩니다:',
    removed: '삭제했습니다. 이제 이 주소로 알리지 않습니다.',
    failed: (reason) => `웹훅에 이 완성 영상을 알리지 못했습니다. ${reason}`,
    off: (reason) => `웹훅을 껐습니다. ${reason}`,
    lookInto: '워크스페이스 관리자가 /draft settings part:webhook 명령으로 바꿀 수 있습니다.',
  },

  account: {
    acts: { list: '목록', link: '연결', unlink: '연결 해제', default: '기본 채널' },
    enter: '아무 기기에서나 이 주소를 열어 코드를 입력하고 YouTube 채널을 선택해 주세요:',
    until: '코드 만료:',
    check: '확인',
    waiting: 'Google이 아직 코드 입력을 기다리고 있습니다.',
    linked: (name) => `“${name}” 채널을 연결했습니다.`,
    unlinked: (name) => `“${name}” 채널 연결을 해제했고, Google의 접근 권한도 없앴습니다.`,
    unlinkedHere: (name) =>
      `여기서는 “${name}” 채널 연결을 해제했습니다. Google에 연결할 수 없어 접근 권한은 남아 있습니다. 채널 소유자가 다음 주소에서 없앨 수 있습니다: https://myaccount.google.com/connections`,
    isDefault: (name) => `새 초안은 “${name}” 채널에 올립니다.`,
    default: '새 초안의 기본 채널',
    linkedBy: (name) => `연결한 사람: ${person(name)}`,
    list: '연결된 YouTube 채널:',
    none: '연결된 YouTube 채널이 없습니다. /draft account link를 입력하면 연결할 수 있습니다.',
  },

  token: {
    acts: { list: '목록', create: '만들기', revoke: '폐기' },
    scopes: { read: '읽기', write: '읽기와 쓰기', render: '읽기, 쓰기, 렌더링' },
    scope: { read: '읽기', write: '쓰기', render: '렌더링' },
    created: (name, scopes) => `“${name}” 토큰입니다(${scopes}). 지금 한 번만 보여 드립니다:`,
    keep: '이 토큰을 보내는 프로그램은 여기서 회원님이 할 수 있는 일을 그대로 할 수 있습니다. 다른 사람에게 알려 주지 말아 주세요.',
    docs: '사용 방법',
    revoked: (name) => `“${name}” 토큰은 이제 쓸 수 없습니다.`,
    list: '이 워크스페이스의 API 토큰:',
    none: 'API 토큰이 아직 없습니다. /draft token create를 입력하면 만들 수 있습니다.',
    by: (name) => (name === null ? '호스트에서 만듦' : `${person(name)} 권한으로 동작`),
    used: '마지막 사용:',
    unused: '사용한 적 없음',
  },

  command: {
    draft: '팀과 함께 짧은 내레이션 영상 만들기',
    create: '주제나 직접 쓴 대본으로 초안 시작',
    list: '이 워크스페이스의 초안 찾기(최신순)',
    show: '초안을 보여 주고 스레드를 새로 고침',
    delete: '초안과 파일 삭제',
    history: '초안에서 누가 무엇을 바꿨는지 보기',
    jobs: '이 워크스페이스나 초안의 렌더링 보기',
    settings: '이 워크스페이스의 발음, 마무리 화면, 승인, 웹훅을 설정합니다',
    part: '설정할 항목',
    parts: { general: '일반', webhook: '웹훅' },
    help: 'Rushes로 할 수 있는 일 보기',
    account: '이 워크스페이스의 YouTube 채널 연결, 목록, 연결 해제',
    accountDo: '할 일: 목록, 연결, 연결 해제, 기본 채널',
    accountName: '연결된 채널 이름',
    token: '프로그램이 API를 쓸 수 있는 토큰 만들기, 목록, 폐기',
    tokenDo: '할 일: 목록, 만들기, 폐기',
    tokenName: '토큰 이름',
    tokenScope: '새 토큰으로 할 수 있는 일: 읽기, 쓰기, 렌더링. 비워 두면 읽기',
    topic: '영상의 주제. 비워 두면 Rushes가 추천합니다',
    script: '직접 쓴 내레이션. 입력하신 그대로 사용합니다',
    format: '화면 비율',
    duration: '영상 길이. 예: 90초, 1:30, 2분',
    style: '말투나 분위기. 예: 차분하게, 재미있게, 어린이용',
    language: '내레이션 언어',
    template: '자막 스타일',
    mood: '음악 분위기',
    draftOption: '초안의 제목이나 ID',
    status: '이 상태의 초안만',
    words: '제목, 주제, 내레이션에 들어 있는 말',
    person: '이 사람이 시작한 초안만',
    shortcut: '이 글로 초안 만들기',
    keepFiles: '배경 영상과 음성 파일은 남겨 두기',
    sessions: '스튜디오에 로그인한 브라우저를 보고 로그아웃하기',
  },

  studio: studioKo,

  signIn: SIGN_IN_KO,

  web: WEB_KO,
  api: API_KO,
}

function trim(value: number): string {
  return String(Math.round(value * 10) / 10)
}
