import { ENGLISH_ERRORS, type ProviderFailure } from '../../core/errors.ts'
import { PERMISSIONS, REFUSALS } from './permissions.ts'

/** Every word that Rushes says, in English. The other catalogues have the same shape. */
export const en = {
  errors: ENGLISH_ERRORS,
  /** In English the provider's own sentence is shown, which says more. Other languages have these. */
  providerFailed: {
    unauthorized: (provider: string) => `${provider} does not accept the key, or does not allow this.`,
    rate_limited: (provider: string) => `The request limit of ${provider} is used up for now.`,
    unavailable: (provider: string) => `${provider} could not be reached, or has a problem of its own.`,
    bad_answer: (provider: string) => `${provider} answered with something that cannot be used.`,
    refused: (provider: string) => `${provider} refused this.`,
    too_large: (provider: string) => `What ${provider} sent is too large or too long.`,
    nothing_found: (provider: string) => `${provider} found nothing.`,
    not_offered: (provider: string) => `${provider} does not offer this.`,
  } satisfies Record<ProviderFailure, (provider: string) => string>,
  unexpected: (reference: string) =>
    `Something went wrong inside Rushes, and nothing was changed. Tell an admin this reference: ${reference}`,
  tookTooLong: 'That took too long and was given up; nothing was changed. Try once more in a minute.',
  expiredAction: 'This button belongs to an older version of Rushes. Open the draft again with /draft show.',
  somebody: 'Somebody',
  permission: (name: string) =>
    REFUSALS[name] ??
    (name.includes(':')
      ? `I lack the scope “${name}”. Somebody who manages the app must add it and install the app again.`
      : `I lack the permission “${PERMISSIONS[name] ?? name}” here. Ask somebody who manages this place to give it to me, then try again.`),

  invite: (bot: string) => `I am not in this channel yet. Type /invite @${bot} here, then try again.`,
  closedConversation:
    'I cannot write in a conversation between people. Use the command in a channel, or in the messages with me.',
  fileTooLarge:
    'A file of this draft is larger than what may be sent here. A smaller copy follows where there can be one.',
  messageLocked:
    'A message of this draft can no longer be edited. Another one takes its place in a few minutes.',
  placeGone: 'The channel or thread of this draft is gone. Type /draft show where it should go on.',
  platformBusy: (seconds: number) =>
    `Too many messages were sent here at once. Try again in ${seconds <= 1 ? 'a second' : `${seconds} seconds`}.`,
  platformAway: 'The chat service did not answer. If nothing has happened, try once more.',
  formTooLate: 'The form could not be opened in time. Try once more.',

  status: {
    editing: 'Collecting assets',
    assets_ready: 'Ready to render',
    converting: 'Rendering',
    finalized: 'Finished',
  },
  jobState: { queued: 'waiting', running: 'at work', done: 'done', failed: 'failed', cancelled: 'cancelled' },
  format: { shorts: 'Vertical 9:16', landscape: 'Landscape 16:9', square: 'Square 1:1' },
  template: { clean: 'Clean', entertainment: 'Entertainment', news: 'News', minimal: 'Minimal' } as Record<
    string,
    string
  >,
  mood: {
    calm: 'Calm',
    energetic: 'Energetic',
    happy: 'Happy',
    dramatic: 'Dramatic',
    mysterious: 'Mysterious',
    uplifting: 'Uplifting',
  },
  noMusic: 'No music',
  seconds: (value: number) => `${trim(value)} s`,

  draft: {
    startedBy: (name: string) => `Started by ${name || 'somebody'}`,
    untitled: 'New draft',
    writing: (topic: string) =>
      topic === '' ? 'Finding a topic and writing a script…' : `Writing a script about “${topic}”…`,
    splitting: 'Splitting the script into segments…',
    failed: (reason: string) => `The draft could not be made. ${reason}`,
    length: (planned: number, actual: number | null, exact: boolean) =>
      actual === null
        ? `planned ${planned} s`
        : `${exact ? '' : 'about '}${trim(actual)} s (planned ${planned} s)`,
    segments: (count: number) => (count === 1 ? '1 segment' : `${count} segments`),
    outline:
      'This is an outline, not a finished script: fill the segments with your own facts before you render.',
    otherTopics: 'Start a draft of another proposed topic',
    assets: (voices: number, footage: number, total: number) =>
      `Voices ${voices}/${total} · Footage ${footage}/${total}`,
    tags: 'Tags',
    music: (mood: string, volume: number) => `Music: ${mood}, ${volume} %`,
    rendering: 'Rendering the video',
    renderFailed: (reason: string) => `The last render failed. ${reason}`,
    soundFailed: (reason: string) => `The sound could not be mixed ahead of the render. ${reason}`,
    renderCancelled: 'The last render was cancelled.',
    expiry: (days: number) =>
      `Nobody has touched this draft for a while. It will be removed in ${days === 1 ? 'a day' : `${days} days`} unless somebody changes it.`,
    deleted: 'This draft was deleted.',
    expired: (days: number) =>
      `Nobody touched this draft for ${days === 1 ? 'a day' : `${days} days`}, so it was removed.`,
    used: (tokens: number, characters: number): string =>
      [
        ...(tokens > 0 ? [`${tokens} tokens`] : []),
        ...(characters > 0 ? [`${characters} characters of speech`] : []),
      ].join(', '),
    cost: (used: string, usd: string, date: string) =>
      `Used so far: ${used === '' ? '' : `${used}, `}about $${usd} (prices of ${date})`,
    costUnknown: (models: string) => `no price known for ${models}`,
    noThread: 'Threads are not possible here, so this draft lives in the channel itself.',
    goTo: 'Go to the draft',
    announce: (name: string, topic: string) =>
      topic === '' ? `${name} started a draft` : `${name} started a draft: ${topic}`,
    announceDone: (title: string) => `The video “${title}” is ready.`,
  },

  segment: {
    heading: (place: number, total: number) => `Segment ${place} of ${total}`,
    search: 'Footage search',
    keyword: 'Keyword',
    voiceComing: 'voice is being made…',
    footageComing: 'footage is being fetched…',
    clipFailed: (reason: string) => `The clip could not be rendered. ${reason}`,
    editedBy: (name: string) => `last edited by ${name || 'somebody'}`,
    footageBy: (author: string, provider: string) => `Footage: ${author} / ${provider}`,
    footageFrom: (provider: string) => `Footage: ${provider}`,
    sameFootage: (places: string) => `the same as in segment ${places}`,
    betterShownBy: (places: string) =>
      `What fits this search best is shown in segment ${places} already, so this is a substitute. To show it here too, choose it under Footage.`,
    preview: (place: number, text: string) => `Segment ${place}: ${text}`,
  },

  video: {
    ready: (title: string) => `${title}`,
    details: (seconds: number, megabytes: string) => `${trim(seconds)} s · ${megabytes} MB`,
    smallerCopy: (limit: string) =>
      `This is a smaller copy, since at most ${limit} can be sent here. The full video is kept as`,
    noFiles: 'No files can be sent here. The video is kept as',
    tooLarge: (limit: string) => `The video is larger than the ${limit} that can be sent here. It is kept as`,
    otherMusic: (reason: string) => `Other music was taken. ${reason}`,
    withheld: (reason: string) =>
      `The video is ready, but it could not be posted. ${reason} It follows then.`,
    credits: 'Credits',
  },

  buttons: {
    render: 'Render',
    cancel: 'Cancel',
    reopen: 'Reopen',
    addSegment: 'Add segment',
    undo: 'Undo',
    redo: 'Redo',
    history: 'History',
    settings: 'Settings',
    delete: 'Delete',
    reallyDelete: 'Delete for good',
    keep: 'Keep it',
    retry: 'Retry',
    writeAgain: 'Write again',
    edit: 'Edit',
    footage: 'Footage',
    revoice: 'Re-voice',
    play: 'Play',
    more: 'More…',
    moveUp: 'Move up',
    moveDown: 'Move down',
    insertAfter: 'Insert after',
    split: 'Split in two',
    merge: 'Merge with next',
    remove: 'Remove',
    rewrite: 'Rewrite with instruction',
    useThis: 'Use this text',
    editAgain: 'Edit again',
    applyMine: 'Apply mine',
    keepTheirs: 'Keep theirs',
    otherFootage: 'Search again',
    previous: 'Newer',
    next: 'Older',
    restore: (number: number) => `Back to ${number}`,
  },

  form: {
    edit: (place: number) => `Edit segment ${place}`,
    add: 'Add a segment',
    insert: (place: number) => `New segment after ${place}`,
    settings: 'Settings',
    render: 'Render the video',
    rewrite: (place: number) => `Rewrite segment ${place}`,
    create: 'New draft',
    save: 'Save',
    start: 'Start',
    narration: 'Narration',
    search: 'Footage search',
    searchHint: 'What the camera should see. English finds the most.',
    keyword: 'Keyword',
    duration: 'Duration',
    durationHint: 'Seconds; empty: as long as the voice. The voice is never cut.',
    title: 'Title',
    description: 'Description',
    tags: 'Tags',
    tagsHint: 'Separated by commas',
    template: 'Template',
    music: 'Music',
    volume: 'Music volume',
    volumeHint: '0 to 100 percent',
    upload: 'Upload',
    uploadNo: 'Only post it here',
    uploadYes: 'Upload to YouTube as private',
    instruction: 'Instruction',
    instructionHint: 'For example: calmer, shorter, with a question',
    topic: 'Topic',
    topicHint: 'Empty: a topic is proposed',
    script: 'Your own script',
    scriptHint: 'Used word for word instead of a script that Rushes writes',
    format: 'Format',
    targetDuration: 'Length',
    style: 'Style',
    language: 'Language',
    auto: 'By the topic',
    part: (label: string, number: number, total: number) => `${label} (${number}/${total})`,
    longText: (max: number) =>
      `At most ${max} characters fit here. Post a longer text as a message and choose “Make a draft from this” there.`,
  },

  private: {
    starting: (link: string | null): string =>
      link === null ? 'The draft is on its way.' : 'The draft is on its way:',
    notSaved: 'That could not be saved.',
    youTyped: 'This is what you typed; copy it if you need it:',
    stale: (name: string) => `${name} changed this while you were editing. Nothing of yours was saved yet.`,
    theirs: 'What is there now',
    yours: 'What you typed',
    topicTaken: 'Somebody has started a draft of this topic already.',
    keptTheirs: 'The other text stays.',
    applied: 'Your text is in place.',
    askDelete: (title: string) =>
      `Delete “${title}” with all its segments and videos? This cannot be undone.`,
    deleted: 'The draft is deleted.',
    chooseFootage: (place: number) => `Footage for segment ${place}`,
    noFootage: 'Nothing was found for this search. Try other words.',
    choose: 'Choose one',
    candidate: (number: number) => `Number ${number}`,
    current: 'in use here',
    usedBy: (places: string) => `also in segment ${places}`,
    chosen: 'The footage is in place.',
    rewritten: 'A proposal. Nothing is changed until you use it.',
    history: 'History',
    historyCurrent: 'now',
    restored: (number: number) => `The draft is back at revision ${number}.`,
    jobs: 'Renders',
    noJobs: 'Nothing has been rendered yet.',
    drafts: (from: number, to: number, total: number) => `Drafts ${from} to ${to} of ${total}`,
    noDrafts: 'There are no drafts yet. Start one with /draft create.',
    shown: 'The draft:',
    done: 'Done.',
    playing: 'The clip is being made; it will appear in the thread.',
    help: [
      'Rushes makes short narrated videos with your team.',
      '/draft create topic: a script, footage and voices for a new draft, in a thread of its own',
      '/draft create script: the same from a narration of yours, word for word',
      '/draft list, /draft show, /draft history, /draft jobs: what there is, and what happened',
      '/draft delete: remove a draft and its files',
      'In the thread everybody can edit every segment. Render once when all are content.',
    ],
    cleaned: (when: string, megabytes: string) => `Last cleaning: ${when}, ${megabytes} MB freed`,
  },

  action: {
    created: () => 'wrote the script',
    script_written: () => 'had the script written anew',
    text_edited: (place: number) => `changed the text of segment ${place}`,
    query_edited: (place: number) => `changed the footage search of segment ${place}`,
    keyword_edited: (place: number) => `changed the keyword of segment ${place}`,
    duration_edited: (place: number) => `changed the duration of segment ${place}`,
    settings_edited: () => 'changed the settings',
    segment_added: (place: number) => `added segment ${place}`,
    segment_removed: (place: number) => `removed segment ${place}`,
    segment_moved: (place: number) => `moved a segment to place ${place}`,
    segment_split: (place: number) => `split segment ${place}`,
    segments_merged: (place: number) => `merged segment ${place} with the next`,
    revoiced: (place: number) => `had segment ${place} spoken anew`,
    footage_refetched: (place: number) => `searched other footage for segment ${place}`,
    footage_chosen: (place: number) => `chose footage for segment ${place}`,
    restored: (place: number) => `went back to revision ${place}`,
  } as Record<string, (place: number) => string>,

  /** What a typed command is answered with when it cannot be read. */
  commandLine: {
    unknownCommand: (name: string, allowed: string) =>
      `There is no /draft ${name}. There are: ${allowed}. For a new draft type /draft create and its topic.`,
    unknownOption: (name: string, allowed: string) =>
      `“${name}:” is not an option here. ${allowed === '' ? 'There are none.' : `There are: ${allowed}.`} Words with a colon go in quotation marks.`,
    notAllowed: (name: string, value: string, allowed: string) =>
      `“${name}” cannot be “${value}”. Allowed: ${allowed}.`,
    range: (min: number, max: number) => `a number from ${min} to ${max}`,
    openQuote: (name: string) => `The quotation mark after “${name}:” is not closed.`,
    missing: (name: string) => `/draft ${name} needs the title or the id of a draft.`,
  },

  /** Names and descriptions of commands and options. */
  command: {
    draft: 'Make short narrated videos together',
    create: 'Start a draft from a topic or a script of your own',
    list: 'The drafts of this workspace, newest first',
    show: 'Show a draft, or bring its thread up to date',
    delete: 'Delete a draft and its files',
    history: 'Who changed what in a draft',
    jobs: 'The renders of this workspace or of a draft',
    help: 'What Rushes can do',
    topic: 'What the video is about; leave empty to have a topic proposed',
    script: 'Your own narration, used word for word',
    format: 'Shape of the picture',
    duration: 'Length of the video in seconds',
    style: 'How it should sound, for example: calm, funny, for children',
    language: 'Language of the narration',
    template: 'Look of the captions',
    mood: 'Mood of the music',
    draftOption: 'Title or id of a draft',
    status: 'Only drafts with this status',
    shortcut: 'Make a draft from this',
    keepFiles: 'Keep the files of footage and voices',
  },
}

export type Words = typeof en

function trim(value: number): string {
  return String(Math.round(value * 10) / 10)
}
