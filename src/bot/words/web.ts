/** Why the server refuses a request before it reaches core, by code. Parameters are the values in the problem's fields. */
export const WEB = {
  not_found: 'There is nothing at this address.',
  internal: 'Something went wrong inside Rushes. The log says what.',
  bad_request: 'The request cannot be read.',
  timeout: 'This has taken too long. Try again later.',
  unsupported_media_type: 'Send the body as JSON.',
  not_signed_in: 'Sign in first, or send a token.',
  token_ended: 'There is no such token, or it was revoked.',
  scope_missing: (scope: string | number) => `This token has no “${scope}” scope.`,
  too_many_requests: (seconds: string | number) => `Too many requests. Try again in ${seconds} s.`,
  body_too_large: (max: string | number) => `The body has more than ${max} bytes.`,
  idempotency_key_reused: 'This Idempotency-Key came with another request before. Use a new one.',
  approves_for_nobody: 'This token acts for nobody who could approve.',
  replaced: 'Something else was chosen for this segment meanwhile.',
  file_not_found: 'This file has not been made yet, or is no longer there.',
  range_not_satisfiable: (size: string | number) => `The file has ${size} bytes.`,
  not_a_file: 'Send the file itself as the body, not a form.',
  stopping: 'Rushes is stopping.',
  too_many_streams: 'Too many pages follow drafts at the same time. Close some.',
  foreign_origin: 'This request comes from another website.',
  body_too_slow: 'The body did not arrive in time.',
  too_many_at_once: 'Too many files are being sent or received at once. Try again in a moment.',
  method_not_allowed: 'This address does not take this method.',
}

export const WEB_KO: typeof WEB = {
  not_found: '이 주소에는 아무것도 없습니다.',
  internal: '서버에서 문제가 발생했습니다. 자세한 내용은 로그에 있습니다.',
  bad_request: '요청을 읽을 수 없습니다.',
  timeout: '시간이 너무 오래 걸려 중단했습니다. 나중에 다시 시도해 주세요.',
  unsupported_media_type: '본문을 JSON으로 보내고, 콘텐츠 유형도 JSON으로 지정해 주세요.',
  not_signed_in: '먼저 로그인하거나 토큰을 보내 주세요.',
  token_ended: '없는 토큰이거나 폐기된 토큰입니다.',
  scope_missing: (scope) => `이 토큰에는 “${scope}” 권한이 없습니다.`,
  too_many_requests: (seconds) => `요청이 너무 많습니다. ${seconds}초 뒤에 다시 시도해 주세요.`,
  body_too_large: (max) => `본문이 ${max}바이트를 넘습니다.`,
  idempotency_key_reused: '이 Idempotency-Key는 이미 다른 요청에 쓰였습니다. 새 키를 사용해 주세요.',
  approves_for_nobody: '이 토큰은 특정 사용자의 것이 아니어서 승인할 수 없습니다.',
  replaced: '그 사이에 이 장면에 다른 배경 영상이 선택되었습니다.',
  file_not_found: '파일이 아직 만들어지지 않았거나 더 이상 없습니다.',
  range_not_satisfiable: (size) => `이 파일의 크기는 ${size}바이트입니다.`,
  not_a_file: '양식이 아니라 파일 자체를 본문으로 보내 주세요.',
  stopping: '서버를 종료하는 중입니다.',
  too_many_streams: '초안을 동시에 보고 있는 페이지가 너무 많습니다. 몇 개를 닫아 주세요.',
  foreign_origin: '다른 웹사이트에서 보낸 요청입니다.',
  body_too_slow: '본문이 제시간에 도착하지 않았습니다.',
  too_many_at_once: '한꺼번에 주고받는 파일이 너무 많습니다. 잠시 뒤에 다시 시도해 주세요.',
  method_not_allowed: '이 주소에서는 쓸 수 없는 요청 방식입니다.',
}

/** Other messages of the API. */
export const API = {
  noSuchIndex: (index: string | number, total: string | number) =>
    `There is no segment ${index}. This draft has ${total}, counted from 0.`,
  notAllowedHere: (field: string | number) => `${field}: this value or field is not allowed.`,
}

export const API_KO: typeof API = {
  noSuchIndex: (index, total) =>
    `${index}번 장면은 없습니다. 이 초안의 장면은 ${total}개이고 번호는 0부터 시작합니다.`,
  notAllowedHere: (field) => `${field}: 허용되지 않는 값이나 항목입니다.`,
}
