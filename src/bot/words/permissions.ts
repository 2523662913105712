/** Names as in the settings of Discord's client. */
export const PERMISSIONS: Record<string, string> = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  CreatePublicThreads: 'Create Public Threads',
  AttachFiles: 'Attach Files',
  ReadMessageHistory: 'Read Message History',
  AddReactions: 'Add Reactions',
  ManageThreads: 'Manage Threads',
}

/** Names as in the settings of Discord's Korean client. */
export const PERMISSIONS_KO: Record<string, string> = {
  ViewChannel: '채널 보기',
  SendMessages: '메시지 보내기',
  SendMessagesInThreads: '스레드에서 메시지 보내기',
  CreatePublicThreads: '공개 스레드 만들기',
  AttachFiles: '파일 첨부',
  ReadMessageHistory: '메시지 기록 보기',
  AddReactions: '반응 추가하기',
  ManageThreads: '스레드 관리하기',
}

/** Refusals by a platform that no permission can change. */
export const REFUSALS: Record<string, string> = {
  is_archived: 'This channel is archived, so nothing can be posted here.',
  restricted_action: 'A workspace admin has limited who can post here.',
  restricted_action_read_only_channel: 'A workspace admin has limited who can post here.',
  restricted_action_thread_only_channel: 'Only replies to messages are allowed in this channel.',
  restricted_action_non_threadable_channel: 'Replies are turned off in this channel.',
  file_uploads_disabled: 'A workspace admin has turned off file uploads.',
  file_uploads_except_images_disabled: 'A workspace admin allows image uploads only.',
  storage_limit_reached: 'This workspace has run out of file storage.',
  message_limit_exceeded: 'This workspace has reached the message limit of its plan.',
}

export const REFUSALS_KO: Record<string, string> = {
  is_archived: '보관된 채널이라 글을 올릴 수 없습니다.',
  restricted_action: '이 워크스페이스의 관리자가 여기에 글을 올릴 수 있는 사람을 제한했습니다.',
  restricted_action_read_only_channel:
    '이 워크스페이스의 관리자가 여기에 글을 올릴 수 있는 사람을 제한했습니다.',
  restricted_action_thread_only_channel: '이 채널에서는 메시지에 답글만 달 수 있습니다.',
  restricted_action_non_threadable_channel: '이 채널에서는 메시지에 답글을 달 수 없습니다.',
  file_uploads_disabled: '이 워크스페이스의 관리자가 파일 업로드를 껐습니다.',
  file_uploads_except_images_disabled: '이 워크스페이스의 관리자가 이미지 업로드만 허용했습니다.',
  storage_limit_reached: '이 워크스페이스에는 파일을 저장할 공간이 남아 있지 않습니다.',
  message_limit_exceeded: '이 워크스페이스가 요금제에서 허용하는 메시지를 모두 보냈습니다.',
}
