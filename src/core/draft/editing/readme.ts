import type { Draft } from '../../../db/entities/draft.ts'
import type { BelowDescription } from '../../model/upload-target.ts'

/** The content of a bundle's text file, in the draft's language. */
const WORDS = {
  en: {
    about: 'Files for editing programs, made by Rushes',
    files: [
      'clips/          the footage of each segment, without captions or sound',
      'voices/         the narration of each segment, as loud as in the video (WAV, 48 kHz)',
      'music/          the music as long as the video, not lowered under the voice',
      'captions.srt    the captions',
      'timeline.fcpxml the timeline for Final Cut Pro and DaVinci Resolve',
      'timeline.otio   the timeline for programs that read OpenTimelineIO',
    ],
    how: 'Unzip everything into one folder first. If a program asks where the media files are, choose that folder.',
    lost: 'The music of the video is not in here: it has been changed, moved or removed since.',
    credits: 'Credits',
  },
  ko: {
    about: 'Rushes에서 만든 편집 프로그램용 파일',
    files: [
      'clips/          각 장면의 배경 영상 (자막과 소리 없음)',
      'voices/         각 장면의 내레이션, 완성 영상과 같은 크기 (WAV, 48kHz)',
      'music/          완성 영상 길이에 맞춘 음악 (음성 장면에서 줄이지 않음)',
      'captions.srt    자막',
      'timeline.fcpxml Final Cut Pro와 DaVinci Resolve용 타임라인',
      'timeline.otio   OpenTimelineIO를 읽는 프로그램용 타임라인',
    ],
    how: '먼저 모든 파일의 압축을 한 폴더에 풀어 주세요. 프로그램이 미디어 파일의 위치를 물으면 그 폴더를 선택하세요.',
    lost: '완성 영상의 음악은 바뀌거나 옮겨지거나 삭제되어 여기에 넣지 못했습니다.',
    credits: '출처',
  },
}

/** A plain text about a bundle's content and credits. Its line ends work in every editor on every system. */
export function readmeOf(
  { language, title }: Pick<Draft, 'language' | 'title'>,
  credits: BelowDescription['credits'],
  music: 'there' | 'none' | 'lost',
): string {
  const words = language === 'ko' ? WORDS.ko : WORDS.en
  const whose = credits.map(({ name, url }) => [name, url].filter(Boolean).join(' '))
  const files = words.files.filter((line) => music === 'there' || !line.startsWith('music/'))
  const lines = [
    ...[title, words.about, '', ...files, '', words.how],
    ...(music === 'lost' ? ['', words.lost] : []),
    ...(whose.length === 0 ? [] : ['', `${words.credits}:`, ...whose]),
  ]
  return `${lines.join('\r\n')}\r\n`
}
