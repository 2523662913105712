import type { UploadRefusal } from '../../core/model/upload-refusals.ts'

/** Google's reasons for a refusal, as people understand them. */
export const UPLOAD_REFUSALS_KO: Record<UploadRefusal, string> = {
  quotaExceeded:
    'Google 프로젝트의 오늘 YouTube 할당량을 모두 썼습니다. 미국 태평양 시간으로 자정이 지난 뒤에 다시 시도해 주세요.',
  uploadLimitExceeded: '오늘은 이 채널에 더 올릴 수 없습니다. 내일 다시 시도해 주세요.',
  youtubeSignupRequired:
    '이 Google 계정에는 YouTube 채널이 없습니다. YouTube에서 채널을 만든 뒤 다시 연결해 주세요.',
  accessNotConfigured:
    'Google 프로젝트에서 YouTube Data API를 사용하도록 설정되어 있지 않습니다. Rushes 운영자가 설정해야 합니다.',
  insufficientPermissions:
    '이 작업에 필요한 권한 없이 채널이 연결되었습니다. 모든 권한을 선택한 채로 다시 연결해 주세요.',
  forbidden: '연결된 채널에서는 YouTube가 이 작업을 허용하지 않습니다.',
  channelSuspended: 'YouTube가 이 채널을 정지했습니다.',
  channelClosed: '이 YouTube 채널은 폐쇄되었습니다.',
  invalidTitle: 'YouTube에서 사용할 수 없는 제목입니다.',
  invalidDescription: 'YouTube에서 사용할 수 없는 설명입니다.',
  invalidTags: 'YouTube에서 사용할 수 없는 태그입니다.',
  invalidPublishAt: 'YouTube에서 사용할 수 없는 공개 시각입니다.',
  invalidFilename: 'YouTube에서 사용할 수 없는 파일 이름입니다.',
  mediaBodyRequired: 'YouTube가 파일을 받지 못했습니다.',
  videoNotFound: '완성 영상이 더 이상 YouTube에 없습니다.',
}
