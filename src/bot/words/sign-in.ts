/** Signing in to the studio, and who is signed in. */
export const SIGN_IN = {
  title: 'Rushes studio',
  ask: 'Press the button to sign in. The link works once, within 10 minutes.',
  button: 'Sign in',
  wrong: 'This link no longer works. It was used already, or it is more than 10 minutes old.',
  tooMany: 'There were too many links that do not work. Try again in a minute.',
  signedOut: 'You are not signed in.',
  howLocal: 'For a new link, type npm run studio in the folder of Rushes, on the computer where it runs.',
  howChat: 'For a new link, press Studio under a draft in Discord or Slack.',
  /** The response of **Studio** in a chat. */
  open: 'Open the studio',
  about: 'This link is for you alone. It signs you in once, within 10 minutes.',
  onlyHere:
    'It works only on the computer where Rushes runs. So that it works everywhere, an admin needs to set WEB_URL.',
  off: 'The studio is not available. The log of Rushes says why.',
  /** Where a person is signed in. */
  sessions: 'You are signed in to the studio in these browsers:',
  noSessions: 'You are not signed in to the studio anywhere.',
  browser: (name: string) => (name === '' ? 'A browser' : name),
  since: 'since',
  used: 'last used',
  end: (place: number) => `Sign out ${place}`,
  endOwn: 'Sign out everywhere',
  endAll: 'Sign everyone out',
  ended: 'You are signed out there.',
  endedAll: (count: number) =>
    `Everyone in this workspace is signed out of the studio: ${count} ${count === 1 ? 'browser' : 'browsers'}.`,
}

export const SIGN_IN_KO: typeof SIGN_IN = {
  title: 'Rushes 스튜디오',
  ask: '버튼을 누르면 로그인됩니다. 이 링크는 10분 안에 한 번만 쓸 수 있습니다.',
  button: '로그인',
  wrong: '이 링크는 더 이상 쓸 수 없습니다. 이미 사용했거나 10분이 지났습니다.',
  tooMany: '쓸 수 없는 링크를 너무 여러 번 열었습니다. 1분 뒤에 다시 시도해 주세요.',
  signedOut: '로그인되어 있지 않습니다.',
  howLocal: '새 링크가 필요하면 Rushes가 실행 중인 컴퓨터의 Rushes 폴더에서 npm run studio를 입력해 주세요.',
  howChat: '새 링크가 필요하면 Discord나 Slack의 초안 아래에서 스튜디오 버튼을 눌러 주세요.',
  open: '스튜디오 열기',
  about: '나만 쓸 수 있는 링크입니다. 10분 안에 한 번만 로그인할 수 있습니다.',
  onlyHere:
    'Rushes가 실행 중인 컴퓨터에서만 열립니다. 다른 곳에서도 열려면 관리자가 WEB_URL을 설정해야 합니다.',
  off: '지금은 스튜디오를 사용할 수 없습니다. 이유는 Rushes 로그에 나와 있습니다.',
  sessions: '다음 브라우저에서 스튜디오에 로그인되어 있습니다.',
  noSessions: '스튜디오에 로그인한 브라우저가 없습니다.',
  browser: (name) => (name === '' ? '브라우저' : name),
  since: '로그인',
  used: '마지막 사용',
  end: (place) => `${place}번 로그아웃`,
  endOwn: '모두 로그아웃',
  endAll: '모든 사람 로그아웃',
  ended: '로그아웃했습니다.',
  endedAll: (count) => `이 워크스페이스의 모든 사람을 스튜디오에서 로그아웃했습니다(브라우저 ${count}개).`,
}
