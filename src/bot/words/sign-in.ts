/** Signing in to the studio, and who is signed in. */
export const SIGN_IN = {
  /** Of the page, as HTML names it. */
  language: 'en',
  title: 'Rushes studio',
  ask: 'Press the button to sign in. The link works once, within 10 minutes.',
  button: 'Sign in',
  wrong: 'This link no longer works. It was used already, or it is more than 10 minutes old.',
  tooMany: 'There were too many links that do not work. Try again in a minute.',
  signedOut: 'You are not signed in.',
  howLocal: 'For a new link, type npm run studio in the folder of Rushes, on the computer where it runs.',
  howChat: 'For a new link, press Studio under a draft in Discord or Slack.',
}

export const SIGN_IN_KO: typeof SIGN_IN = {
  language: 'ko',
  title: 'Rushes 스튜디오',
  ask: '버튼을 누르면 로그인됩니다. 이 링크는 10분 안에 한 번만 쓸 수 있습니다.',
  button: '로그인',
  wrong: '이 링크는 더 이상 쓸 수 없습니다. 이미 사용했거나 10분이 지났습니다.',
  tooMany: '쓸 수 없는 링크를 너무 여러 번 열었습니다. 1분 뒤에 다시 시도해 주세요.',
  signedOut: '로그인되어 있지 않습니다.',
  howLocal: '새 링크가 필요하면 Rushes가 실행 중인 컴퓨터의 Rushes 폴더에서 npm run studio를 입력해 주세요.',
  howChat: '새 링크가 필요하면 Discord나 Slack의 초안 아래에서 스튜디오 버튼을 눌러 주세요.',
}
