import { countryNameIn } from '../../core/model/country-name.ts'
import { ENGLISH_ERRORS } from '../../core/model/error-messages.ts'
import type { ProviderFailure } from '../../core/model/errors.ts'
import { PROVIDER_NAMES } from '../../core/model/provider-names.ts'
import { ENGLISH_UNUSABLE } from '../../core/model/unusable.ts'
import { wordsOfIcon } from '../../core/providers/embedded/drawn/icons.ts'
import { SCENE_TITLES } from '../../core/providers/embedded/drawn/scene-titles.ts'
import { PERMISSIONS, REFUSALS } from './permissions.ts'
import { SIGN_IN } from './sign-in.ts'
import { studioEn } from './studio/en.ts'
import { API, WEB } from './web.ts'

/** Everything Rushes says, in English. The other catalogues have the same shape. */
export const en = {
  errors: ENGLISH_ERRORS,
  /** In English the provider's own message is shown, which is more specific. Other languages use these. */
  providerFailed: {
    unauthorized: (provider: string) => `${provider} does not accept the API key, or does not allow this.`,
    rate_limited: (provider: string) => `${provider} has reached its request limit for now.`,
    unavailable: (provider: string) => `${provider} is having problems or cannot be reached.`,
    bad_answer: (provider: string) => `${provider} sent an answer that cannot be used.`,
    refused: (provider: string) => `${provider} refused this request.`,
    too_large: (provider: string) => `${provider} sent something too large or too long.`,
    nothing_found: (provider: string) => `${provider} found nothing.`,
    not_offered: (provider: string) => `${provider} does not offer this.`,
  } satisfies Record<ProviderFailure, (provider: string) => string>,
  provider: PROVIDER_NAMES,
  /** Why a file in a folder can't be used. */
  unusable: ENGLISH_UNUSABLE,
  otherProvider: 'Another source',
  unexpected: (reference: string) =>
    `Something went wrong, and nothing was changed. Give an admin this reference: ${reference}`,
  tookTooLong: 'That took too long, so I stopped. Nothing was changed. Try again in a minute.',
  expiredAction: 'This button is from an older version of Rushes. Open the draft again with /draft show.',
  somebody: 'Someone',
  permission: (name: string) =>
    REFUSALS[name] ??
    (name.includes(':')
      ? `I don't have the “${name}” scope. An app admin needs to add it and reinstall the app.`
      : `I don't have the “${PERMISSIONS[name] ?? name}” permission here. Ask an admin to give it to me, then try again.`),

  invite: (bot: string) => `I'm not in this channel yet. Type /invite @${bot} here, then try again.`,
  closedConversation:
    "I can't post in a private conversation between people. Use the command in a channel, or in a direct message with me.",
  fileTooLarge:
    "One of this draft's files is too large to send here. I'll post a smaller copy if I can make one.",
  messageLocked:
    "I can no longer edit one of this draft's messages. A new one will replace it in a few minutes.",
  placeGone: "This draft's channel or thread is gone. Type /draft show where you want to continue.",
  platformBusy: (seconds: number) =>
    `I've sent too many messages here at once. Try again in ${seconds <= 1 ? 'a second' : `${seconds} seconds`}.`,
  platformAway: 'The chat service did not respond. If nothing happened, try again.',
  formTooLate: 'The form took too long to open. Try again.',

  status: {
    editing: 'Preparing voices and footage',
    assets_ready: 'Ready to render',
    converting: 'Rendering',
    finalized: 'Finished',
  },
  /** What people may type for it. */
  statusTyped: { editing: 'preparing', assets_ready: 'ready', converting: 'rendering', finalized: 'done' },
  jobState: {
    queued: 'waiting',
    running: 'in progress',
    done: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
  },
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
  /** A mood, as a choice of music. */
  music: (mood: string) => mood,
  noMusic: 'No music',
  seconds: (value: number) => `${trim(value)} s`,

  draft: {
    startedBy: (name: string) => `Started by ${name || 'someone'}`,
    untitled: 'New draft',
    writing: (topic: string) =>
      topic === '' ? 'Finding a topic and writing a script…' : `Writing a script about “${topic}”…`,
    splitting: 'Splitting the script into segments…',
    failed: (reason: string) => `The draft could not be created. ${reason}`,
    /** A person's own script has no planned length; without both lengths the text is empty. */
    length: (planned: number | null, actual: number | null, exact: boolean) => {
      if (actual === null) return planned === null ? '' : `planned ${planned} s`
      const length = `${exact ? '' : 'about '}${trim(actual)} s`
      return planned === null ? length : `${length} (planned ${planned} s)`
    },
    segments: (count: number) => (count === 1 ? '1 segment' : `${count} segments`),
    placeholders: (count: number, total: number) =>
      `${count} of ${total} ${total === 1 ? 'segment' : 'segments'} ${count === 1 ? 'is still a placeholder' : 'are still placeholders'}.`,
    fillIn: 'Replace the words in [brackets] with your own.',
    otherTopics: 'Start a draft on another suggested topic',
    assets: (voices: number, footage: number, total: number) =>
      `Voices ${voices}/${total} · Footage ${footage}/${total}`,
    tags: 'Tags',
    music: (mood: string, volume: number) => `${mood} music, ${volume}%`,
    captions: (template: string) => `${template} captions`,
    rendering: 'Rendering the video',
    renderFailed: (reason: string) => `The last render failed. ${reason}`,
    soundFailed: (reason: string) => `The sound could not be mixed in advance. ${reason}`,
    renderCancelled: 'The last render was cancelled.',
    expiry: (days: number) =>
      `Nobody has edited this draft for a while. It will be deleted in ${days === 1 ? 'a day' : `${days} days`} unless someone edits it.`,
    deleted: 'This draft was deleted.',
    expired: (days: number) =>
      `Nobody edited this draft for ${days === 1 ? 'a day' : `${days} days`}, so it was deleted.`,
    used: (tokens: number, characters: number): string =>
      [
        ...(tokens > 0 ? [`${tokens} tokens`] : []),
        ...(characters > 0 ? [`${characters} characters of speech`] : []),
      ].join(', '),
    cost: (used: string, usd: string, date: string) =>
      `Used so far: ${used === '' ? '' : `${used}, `}about $${usd} (prices as of ${date})`,
    costUnknown: (models: string) => `price unknown for ${models}`,
    noThread: 'Threads are not available here, so this draft stays in the channel itself.',
    goTo: 'Go to the draft',
    announce: (name: string, topic: string) =>
      topic === '' ? `${name} started a draft` : `${name} started a draft: ${topic}`,
    announceDone: (title: string) => `The video “${title}” is ready.`,
  },

  /** The last message of a thread. */
  controls: {
    making: 'Voices and footage are being made. Render waits for them.',
    missing: 'Something is missing. Render makes it first.',
    makingToApprove: 'Voices and footage are being made. Approve the draft once they are there.',
    missingToApprove: 'A voice or footage is missing. Retry it, then approve the draft.',
    approvals: 'Not approved yet.',
    rendering: 'Rendering. You can follow it at the top.',
    toTop: '↑ To the top',
    uploads: (channel: string) => `Upload to “${channel}” as private when done`,
  },

  /** What the card says about approvals. */
  approvals: {
    /** `more` is how many people there are besides the named ones. */
    by: (names: string, more: number) =>
      `Approved by ${names}${more === 0 ? '' : ` and ${more === 1 ? '1 other' : `${more} others`}`}`,
    name: (name: string) => name || 'someone',
    outdated: (name: string, changes: number) =>
      `Approved by ${name} · ${changes === 1 ? '1 change' : `${changes} changes`} since`,
    needed: (standing: number, needed: number, role: string | null) =>
      `${standing} of ${needed} ${needed === 1 ? 'approval' : 'approvals'}${role === null ? '' : ` from ${role}`} needed before rendering`,
  },

  segment: {
    heading: (place: number, total: number) => `Segment ${place} of ${total}`,
    search: 'Footage search',
    keyword: 'Keyword',
    voiceComing: 'Recording the voice…',
    footageComing: 'Finding footage…',
    clipFailed: (reason: string) => `The clip could not be rendered. ${reason}`,
    editedBy: (name: string) => `last edited by ${name || 'someone'}`,
    footageBy: (author: string, provider: string) => `Footage: ${author} / ${provider}`,
    footageFrom: (provider: string) => `Footage: ${provider}`,
    sameFootage: (places: string) => `same as in ${segmentsAt(places)}`,
    sameFootageAs: (places: string) => `same footage as ${segmentsAt(places)}`,
    betterShownBy: (places: string) =>
      `The best match for this search is already used in ${segmentsAt(places)}, so this is the next best. To use it here too, choose it under Footage.`,
    unshown: (characters: string) =>
      `The caption font is missing these characters, so the video will not show them: ${characters}`,
    preview: (place: number, text: string) => `Segment ${place}: ${text}`,
  },

  video: {
    details: (seconds: number, megabytes: string) => `${trim(seconds)} s · ${megabytes} MB`,
    smallerCopy: (limit: string) =>
      `This is a smaller copy, because files here are limited to ${limit}. The full video is saved as`,
    noFiles: "I can't send files here. The video is saved as",
    tooLarge: (limit: string) => `The video is larger than the ${limit} limit here. It is saved as`,
    otherMusic: (reason: string) => `Different music was used. ${reason}`,
    withheld: (reason: string) =>
      `The video is ready, but I couldn't post it. ${reason} I'll post it once that is fixed.`,
    goTo: 'Go to the video',
    reopened: 'Changes are being made. The next render takes the place of this video.',
    credits: 'Credits',
    links: 'Links',
  },

  buttons: {
    render: 'Render',
    cancel: 'Cancel',
    reopen: 'Make changes',
    /** About a finished video. */
    watchVideo: 'Watch',
    download: 'Download',
    addSegment: 'Add segment',
    undo: 'Undo',
    redo: 'Redo',
    history: 'History',
    settings: 'Settings',
    delete: 'Delete',
    reallyDelete: 'Delete for good',
    keep: 'Keep it',
    renderAllTheSame: 'Render all the same',
    fillInFirst: 'Fill them in first',
    retry: 'Retry',
    writeAgain: 'Rewrite script',
    language: 'Change language',
    edit: 'Edit',
    footage: 'Footage',
    revoice: 'New take',
    play: 'Play',
    more: 'More…',
    /** Opens the rarely used actions. */
    about: 'More…',
    changeLook: 'Change look',
    moreOptions: 'More options',
    moveTo: 'Move to…',
    arrange: 'Arrange',
    moveUp: 'Move up',
    moveDown: 'Move down',
    insertAfter: 'Insert after',
    split: 'Split in two',
    merge: 'Merge with next',
    remove: 'Remove',
    rewrite: 'Rewrite',
    useThis: 'Use this text',
    editAgain: 'Edit again',
    applyMine: 'Use mine',
    /** The name is empty if unknown. */
    keepTheirs: (name: string) => (name === '' ? 'Keep theirs' : `Keep ${name}'s`),
    keepText: 'Keep the current text',
    otherFootage: 'Search again',
    previous: 'Newer',
    next: 'Older',
    watch: 'Watch',
    approve: 'Approve',
    withdraw: 'Take back approval',
    note: 'Note',
    notes: (count: number) => `Notes (${count})`,
    writeNote: 'Write a note',
    resolve: 'Resolve',
    reopenNote: 'Reopen',
    deleteNote: 'Delete',
    accept: 'Accept',
    editSuggestion: 'Edit suggestion',
    dismiss: 'Dismiss',
    useSuggestion: 'Use the suggestion',
    allDrafts: 'List of drafts',
    newer: 'Newer',
    older: 'Older',
    approvals: 'Approvals',
    studio: 'Studio',
    editingFiles: 'Files for editing',
    webhook: 'Webhook…',
  },

  form: {
    edit: (place: number) => `Edit segment ${place}`,
    add: 'Add a segment',
    insert: (place: number) => `New segment after ${place}`,
    settings: 'Settings',
    rewrite: (place: number) => `Rewrite segment ${place}`,
    create: 'New draft',
    workspace: 'Workspace settings',
    approvals: 'Approvals before rendering',
    approvalsHint: 'From 2 on, the author’s own approval does not count.',
    approvalsChoice: (number: number) =>
      number === 0 ? 'None needed' : number === 1 ? '1 approval' : `${number} approvals`,
    approvalsFrom: 'Who has to approve',
    anyone: 'Anyone who can edit',
    pronunciations: 'How to say names and brands',
    pronunciationsHint: 'One per line: as written = as spoken',
    pronunciationsExample: 'Nguyen = win\nXiaomi = show me',
    callToAction: 'Call to action',
    callToActionHint: 'A few words at the end of every video, such as “Follow @acme”',
    logo: 'Logo',
    logoHint: 'PNG or JPEG, up to 10 MB. It is shown at the end of every video.',
    keptLogo: 'The logo you have now',
    keptLogoYes: 'Keep it',
    keptLogoNo: 'Remove it',
    endCard: 'End card',
    endCardOn: 'On',
    endCardOff: 'Off',
    save: 'Save',
    start: 'Start',
    narration: 'Narration',
    search: 'Footage search',
    searchHint: 'What should be on screen. English gives the most results.',
    keyword: 'Keyword',
    duration: 'Duration',
    durationHint: 'For example 8, 8s or 1:30. Leave empty to match the voice, which is never cut short.',
    title: 'Title',
    description: 'Description',
    tags: 'Tags',
    tagsHint: 'Separated by commas',
    template: 'Template',
    music: 'Music',
    volume: 'Music volume',
    volumeHint: '0 to 100 percent',
    upload: 'Upload',
    uploadNo: 'Post it here only',
    uploadAs: (declaration: string) => `Upload as private: ${declaration}`,
    arrange: 'Arrange segments',
    order: 'One segment per line',
    orderHint: 'Move a line to move its segment, delete a line to remove it. Keep the numbers.',
    move: (place: number) => `Move segment ${place}`,
    place: 'New position',
    placeHint: (total: number) => `A number from 1 to ${total}`,
    instruction: 'Instructions',
    instructionHint: 'For example: calmer, shorter, end with a question',
    topic: 'Topic',
    topicHint: 'Leave empty and Rushes suggests one',
    script: 'Your own script',
    scriptHint: 'Used word for word, instead of a script by Rushes',
    format: 'Format',
    targetDuration: 'Length',
    targetDurationHint: 'For example 90, 90s, 1:30 or 2 min',
    style: 'Style',
    language: 'Language',
    auto: 'Match the topic',
    note: (place: number) => `Note on segment ${place}`,
    newNote: 'New note',
    noteText: 'Note',
    segmentNumber: 'Segment number',
    suggestion: (place: number) => `Suggestion, segment ${place}`,
    part: (label: string, number: number, total: number) => `${label} (${number}/${total})`,
    longText: (max: number) =>
      `Up to ${max} characters fit here. To use a longer text, post it as a message and choose “Make a draft from this” from its menu.`,
  },

  private: {
    starting: (link: string | null): string =>
      link === null ? 'Your draft is on its way.' : 'Your draft is on its way:',
    notSaved: "That didn't go through.",
    youTyped: 'Here is your text. Copy it if you need it:',
    stale: (name: string) => `${name} changed this while you were editing. Your edit isn't saved yet.`,
    /** The name is empty if unknown. */
    theirs: (name: string) => (name === '' ? 'Their version' : `${name}'s version`),
    yours: 'Your version',
    topicTaken: 'Someone has already started a draft on this topic.',
    keptTheirs: 'OK, nothing was changed.',
    applied: 'Saved.',
    savedWithMore: "Saved. This didn't fit in the form, and you can change it too:",
    notStarted: "Press Start to begin. This didn't fit in the form, and you can change it first:",
    askDelete: (title: string) =>
      `Delete “${title}” with all its segments and videos? This cannot be undone.`,
    deleted: 'Draft deleted.',
    chooseFootage: (place: number) => `Footage for segment ${place}`,
    noFootage: 'No results for this search. Try different words.',
    moreUnusable: (count: number) =>
      count === 1 ? 'One more file cannot be used.' : `${count} more files cannot be used.`,
    choose: 'Choose one',
    current: 'in use here',
    usedBy: (places: string) => `already in ${segmentsAt(places)}`,
    still: 'still picture',
    fetching: (number: number) => `Fetching number ${number}…`,
    chosen: (number: number) => `Number ${number} is in use now.`,
    notFetched: (number: number, reason: string) => `Number ${number} could not be used. ${reason}`,
    sheet: (titles: string) => `Numbered pictures to choose from. ${titles}`,
    rewritten: "Here's a suggestion. Nothing changes until you use it.",
    history: 'History',
    historyCurrent: 'current',
    restoreThis: 'Restore this…',
    /** “Ben's new text of segment 2”, of `step`. */
    stepBy: (name: string, what: string) => `${name}'s ${what}`,
    undid: (step: string) => `Undid: ${step}.`,
    redid: (step: string) => `Redid: ${step}.`,
    wouldUndo: (step: string) => `Undo takes back: ${step}.`,
    restored: (number: number) => `The draft is back at revision ${number}.`,
    jobs: 'Renders',
    noJobs: 'Nothing has been rendered yet.',
    drafts: (from: number, to: number, total: number): string => {
      if (from === 1 && to === total) return total === 1 ? '1 draft' : `${total} drafts`
      return `Drafts ${from} to ${to} of ${total}`
    },
    deletedDraft: 'Deleted draft',
    /** A list's filters, in a few words. */
    byPerson: (name: string) => `by ${name}`,
    noMatch: (filter: string) => `No drafts match ${filter}.`,
    /** The name is empty if unknown. */
    noPerson: (name: string) =>
      name === ''
        ? "This person hasn't started a draft that you can see."
        : `No one called “${name}” has started a draft that you can see.`,
    noDrafts: 'There are no drafts yet. Start one with /draft create.',
    shown: "Here's the draft:",
    /** Segments of the current draft that are re-recorded. */
    pronunciationsSaved: (segments: number): string => {
      if (segments === 0)
        return 'Saved. New recordings use it. To update one that is already there, press New take.'
      return `Saved. ${segments === 1 ? '1 segment is' : `${segments} segments are`} being recorded again. In other drafts, press New take.`
    },
    brandSaved: 'Saved. Every video that is not finished yet will end with it.',
    brandRemoved: 'Saved. Videos no longer end with a logo or a call to action.',
    done: 'Done.',
    approved: 'You approved this draft as it is now.',
    approvedBefore: 'You have already approved this draft as it is now.',
    withdrawn: 'You took back your approval.',
    watchMaking: (places: string) =>
      `I'm making ${places.includes(',') ? 'the clips of' : 'the clip of'} ${segmentsAt(places)} first. The preview will follow here.`,
    watchInThread: 'You can watch it in the thread.',
    preview: (revision: number) => `Preview · revision ${revision}`,
    renderWaits: 'Rendering starts once the voices and footage are there.',
    playing: "I'm making the clip. It will appear in the thread.",
    makingClip: "I'm making the clip…",
    clipIsThere: 'This clip is already in the thread:',
    goToClip: 'Go to the clip',
    help: [
      'Rushes helps your team make short narrated videos.',
      '/draft create topic: start a draft with script, footage and voices, in its own thread',
      '/draft create script: do the same with your own narration, word for word',
      '/draft list, /draft show, /draft history, /draft jobs: find your drafts and see what happened to them',
      '/draft delete: delete a draft and its files',
      '/draft settings: set how names are pronounced, how your videos end, how many approvals a render needs, and which webhook is notified of finished videos',
      '/draft account: link the YouTube channels that finished videos can be uploaded to',
      '/draft token: make tokens with which other programs can use Rushes',
      '/draft sessions: see where you are signed in to the studio, and sign out there',
      'In the thread, everyone can edit every segment. When everyone is happy, press Render.',
    ],
    cleaned: (when: string, megabytes: string) => `Last cleanup: ${when}, ${megabytes} MB freed`,
  },

  action: {
    created: () => 'wrote the script',
    script_written: () => 'rewrote the script',
    text_edited: (place: number) => `changed the text of segment ${place}`,
    query_edited: (place: number) => `changed the footage search for segment ${place}`,
    keyword_edited: (place: number) => `changed the keyword of segment ${place}`,
    duration_edited: (place: number) => `changed the duration of segment ${place}`,
    settings_edited: () => 'changed the settings',
    pronunciation_changed: () => 'changed the pronunciation',
    segment_added: (place: number) => `added segment ${place}`,
    segment_removed: (place: number) => `removed segment ${place}`,
    segment_moved: (place: number) => `moved a segment to position ${place}`,
    segment_split: (place: number) => `split segment ${place}`,
    segments_merged: (place: number) => `merged segment ${place} with the next one`,
    revoiced: (place: number) => `re-recorded segment ${place}`,
    footage_refetched: (place: number) => `searched for other footage for segment ${place}`,
    footage_chosen: (place: number) => `chose footage for segment ${place}`,
    footage_uploaded: (place: number) => `uploaded footage for segment ${place}`,
    segments_rearranged: () => 'rearranged segments',
    restored: (place: number) => `restored revision ${place}`,
    proposal_accepted: (place: number) => `accepted a suggestion for segment ${place}`,
  } as Record<string, (place: number) => string>,

  /** Notes on segments. Names are empty if unknown. */
  notes: {
    by: (name: string) => `Note by ${name || 'someone'}:`,
    resolved: (name: string, by: string) => `Note by ${name || 'someone'}, resolved by ${by || 'someone'}:`,
    more: (count: number) => (count === 1 ? '1 more note' : `${count} more notes`),
    heading: (place: number, count: number) => `Notes on segment ${place} (${count})`,
    none: 'There are no notes on this segment.',
    newer: 'Newer notes',
    older: 'Older notes',
    suggestion: (provider: string, name: string, instruction: string) =>
      `Suggested by ${provider} because ${name || 'someone'} asked for “${instruction}”:`,
    stale: 'The text has changed since this suggestion was written.',
    changedSince: (name: string) =>
      `${name || 'Someone'} changed the text after this suggestion was written. It has not been used yet.`,
    theSuggestion: 'The suggestion',
    /** Who requested what someone else accepted. */
    askedBy: (name: string) => `requested by ${name || 'someone'}`,
    keptAsNote: (reason: string) => `I saved this as a note, because I couldn't get a suggestion. ${reason}`,
    unclear: (bot: string) =>
      `I can't tell which segment you mean. Start with its number, like this: @${bot} 2: calmer`,
    noDraft: (bot: string) =>
      `Mention @${bot} in the thread of a draft to leave a note. To start a draft, type /draft create and a topic.`,
    roleMentioned: (bot: string) =>
      `I can only read messages that mention me, not my role. Type @${bot}, choose the bot from the list, and write something like 2: calmer.`,
  },

  /** Same as nouns, preceded by who did it: “Ben's …”. */
  step: {
    created: () => 'first script',
    script_written: () => 'new script',
    text_edited: (place: number) => `new text of segment ${place}`,
    query_edited: (place: number) => `new footage search of segment ${place}`,
    keyword_edited: (place: number) => `new keyword of segment ${place}`,
    duration_edited: (place: number) => `new duration of segment ${place}`,
    settings_edited: () => 'new settings',
    pronunciation_changed: () => 'new pronunciation',
    segment_added: (place: number) => `new segment ${place}`,
    segment_removed: (place: number) => `removal of segment ${place}`,
    segment_moved: (place: number) => `move of a segment to position ${place}`,
    segment_split: (place: number) => `split of segment ${place}`,
    segments_merged: (place: number) => `merge of segment ${place} with the next one`,
    revoiced: (place: number) => `new take of segment ${place}`,
    footage_refetched: (place: number) => `new footage search for segment ${place}`,
    footage_chosen: (place: number) => `choice of footage for segment ${place}`,
    footage_uploaded: (place: number) => `own footage for segment ${place}`,
    segments_rearranged: () => 'new order of the segments',
    proposal_accepted: (place: number) => `suggestion for segment ${place}`,
    restored: (place: number) => `return to revision ${place}`,
  } as Record<string, (place: number) => string>,

  /** Values before and after, in the history. */
  changes: {
    none: 'none',
    asLong: 'as long as the voice',
    take: (number: number) => `take ${number}`,
    footage: 'Footage',
    position: 'Position',
    voice: 'Voice',
    speed: 'Speaking rate',
    more: (count: number) => (count === 1 ? 'and 1 more change' : `and ${count} more changes`),
  },

  /** What can be seen in the artwork that Rushes draws. */
  drawn: {
    scene: SCENE_TITLES as Record<string, string>,
    /** The icon's name in its set. */
    withIcon: (icon: string, scene: string) => `${scene}, with an icon (${wordsOfIcon(icon)[0] ?? icon})`,
    flag: (country: string) => `The flag of ${countryNameIn('en', country)}`,
  },

  /** Responses to a typed command that isn't understood. */
  commandLine: {
    unknownCommand: (name: string, allowed: string) =>
      `There is no /draft ${name} command. Try one of these: ${allowed}. To start a draft, type /draft create and a topic.`,
    offerTopic: (name: string, topic: string, allowed: string) =>
      `There is no /draft ${name} command. Start a draft about “${topic}”? Commands: ${allowed}.`,
    unknownOption: (name: string, allowed: string) =>
      `“${name}:” is not an option here. ${allowed === '' ? 'This command has none.' : `Options: ${allowed}.`} Put words that contain a colon in quotation marks.`,
    notAllowed: (name: string, value: string, allowed: string) =>
      `“${name}” cannot be “${value}”. Allowed: ${allowed}.`,
    openQuote: (name: string) => `The quotation mark after “${name}:” is not closed.`,
    missing: (name: string) => `/draft ${name} needs the title or ID of a draft.`,
  },

  upload: {
    declaration: {
      plain: 'not made for kids, no realistic AI scenes',
      kids: 'made for kids, no realistic AI scenes',
      synthetic: 'not made for kids, realistic AI scenes',
      kids_synthetic: 'made for kids, realistic AI scenes',
    },
    privacy: { private: 'Private', unlisted: 'Unlisted', public: 'Public' },
    form: 'Upload to YouTube',
    submit: 'Upload',
    descriptionHint: 'Credits and chapters are added below.',
    visibility: 'Who can see it',
    declare: 'Made for kids? Realistic AI scenes?',
    publishAt: 'Publish at',
    publishAtHint: 'Optional, in UTC. The video stays private until then.',
    detailsForm: 'Update on YouTube',
    button: 'Upload…',
    cancel: 'Cancel upload',
    publish: 'Make public',
    details: 'Update details',
    category: 'Category',
    /** With YouTube's names. */
    categories: {
      '1': 'Film & Animation',
      '2': 'Autos & Vehicles',
      '10': 'Music',
      '15': 'Pets & Animals',
      '17': 'Sports',
      '19': 'Travel & Events',
      '20': 'Gaming',
      '22': 'People & Blogs',
      '23': 'Comedy',
      '24': 'Entertainment',
      '25': 'News & Politics',
      '26': 'Howto & Style',
      '27': 'Education',
      '28': 'Science & Technology',
      '29': 'Nonprofits & Activism',
    },
    watch: 'Watch on YouTube',
    publicAt: 'public from',
    going: (channel: string) => `Uploading to “${channel}” on YouTube`,
    failed: (reason: string) => `The upload failed. ${reason}`,
    cancelled: 'The upload was cancelled.',
    stays: (privacy: string) =>
      `YouTube keeps this video ${privacy.toLowerCase()}: it does so for Google projects that it has not audited.`,
    lacks: {
      poster: (reason: string) => `The thumbnail could not be set. ${reason}`,
      captions: (reason: string) => `The captions could not be added. ${reason}`,
      details: (reason: string) => `The new title and description could not be set. ${reason}`,
    },
    begun: 'The upload has started. Its progress appears in the thread.',
    changed: (privacy: string) => `The video on YouTube is updated. Visibility: ${privacy}`,
    /** Where nothing can be uploaded, who can change that and how: with a chat, and in the studio of one machine. */
    linkFirst:
      'No YouTube channel is linked yet. Someone who manages this workspace can link one with /draft account link.',
    linkFirstHere: (command: string) =>
      `No YouTube channel is linked yet. To link one, run this command on the computer where Rushes runs: ${command}`,
    linkAgainHere: (channel: string, command: string) =>
      `The access to “${channel}” on YouTube has ended. To link the channel again, run this command on the computer where Rushes runs: ${command}`,
  },

  /** A video's files for editing programs. */
  editing: {
    begun: 'The files for editing are being made. They will appear in the thread.',
    making: 'Making the files for editing',
    ready: (title: string) => `The files for editing “${title}” are ready.`,
    how: 'Unzip them first. Inside are the clips without captions, the voices, the music, the captions, and a timeline: timeline.fcpxml for Final Cut Pro and DaVinci Resolve, timeline.otio for other editing programs.',
    howWithoutMusic:
      'Unzip them first. Inside are the clips without captions, the voices, the captions, and a timeline: timeline.fcpxml for Final Cut Pro and DaVinci Resolve, timeline.otio for other editing programs.',
    failed: (reason: string) => `The files for editing could not be made. ${reason}`,
    stopped: 'The files for editing were not made, because the draft is being changed.',
    gone: 'The files for editing were cleaned up. Press Retry to make them again.',
    tooLarge: (size: string, limit: string) =>
      `They are ${size} MB, which is over the ${limit} MB limit here.`,
    noFiles: "I can't send files here.",
    studio: 'Get them in the studio',
    onServer: 'Ask an admin for this file, which is saved on the server:',
  },

  /** The webhook that is notified of finished videos. */
  webhook: {
    form: 'Webhook',
    url: 'Address',
    urlHint: 'Starts with https://. It is notified of every finished video. Leave empty for none.',
    usualHint: 'Starts with https://. Leave empty to use the address that is set for all workspaces.',
    problemHint: 'Nothing has arrived there lately. Save it to try again, or leave it empty for none.',
    secret: 'Signing secret',
    keepSecret: 'Keep it',
    newSecret: 'Make a new one',
    saved: 'Saved. This address is notified of every finished video.',
    once: 'Use this secret to check the signatures. It is only shown now:',
    removed: 'Removed. This address is no longer notified of finished videos.',
    failed: (reason: string) => `The webhook could not be notified of this video. ${reason}`,
    off: (reason: string) => `The webhook is turned off. ${reason}`,
    lookInto: 'Someone who manages this workspace can change it with /draft settings part:webhook.',
  },

  account: {
    acts: { list: 'list', link: 'link', unlink: 'unlink', default: 'default' },
    enter: 'Open this address on any device, enter the code, and choose the YouTube channel:',
    until: 'The code ends',
    check: 'Check',
    waiting: 'Google is still waiting for the code.',
    linked: (name: string) => `“${name}” is linked.`,
    unlinked: (name: string) => `“${name}” is unlinked, and Google has ended the access.`,
    unlinkedHere: (name: string) =>
      `“${name}” is unlinked here. Google could not be reached to end the access; the owner of the channel can do that at https://myaccount.google.com/connections`,
    isDefault: (name: string) => `New drafts go to “${name}”.`,
    default: 'for new drafts',
    linkedBy: (name: string) => `linked by ${name}`,
    list: 'Linked YouTube channels:',
    none: 'No YouTube channel is linked yet. Type /draft account link to link one.',
  },

  token: {
    acts: { list: 'list', create: 'create', revoke: 'revoke' },
    /** The most that a token may do. */
    scopes: { read: 'read', write: 'read and write', render: 'read, write and render' },
    scope: { read: 'read', write: 'write', render: 'render' },
    created: (name: string, scopes: string) =>
      `Here is the token “${name}” (${scopes}). It is shown only once:`,
    keep: 'Programs that send it can do what you can do here. Keep it secret.',
    docs: 'How to use it',
    revoked: (name: string) => `The token “${name}” no longer works.`,
    list: 'API tokens of this workspace:',
    none: 'There are no API tokens yet. Type /draft token create to make one.',
    by: (name: string | null) => (name === null ? 'made on the host' : `acts as ${name || 'someone'}`),
    used: 'last used',
    unused: 'never used',
  },

  /** Names and descriptions of commands and options. */
  command: {
    draft: 'Make short narrated videos together',
    create: 'Start a draft from a topic or your own script',
    list: "Find this workspace's drafts, newest first",
    show: 'Show a draft and refresh its thread',
    delete: 'Delete a draft and its files',
    history: 'See who changed what in a draft',
    jobs: 'See the renders of this workspace or of one draft',
    settings: 'Set pronunciation, the end card, approvals and the webhook for this workspace',
    part: 'What to set',
    parts: { general: 'general', webhook: 'webhook' },
    help: 'See what Rushes can do',
    account: 'Link, list or unlink the YouTube channels of this workspace',
    accountDo: 'What to do: list, link, unlink or default',
    accountName: 'Name of a linked channel',
    token: 'Make, list or revoke tokens with which programs use the API',
    tokenDo: 'What to do: list, create or revoke',
    tokenName: 'Name of the token',
    tokenScope: 'What a new token can do: read, write or render. Read if left empty',
    topic: 'What the video is about. Leave empty and Rushes suggests one',
    script: 'Your own narration, used word for word',
    format: 'Shape of the video',
    duration: 'Length of the video, for example 90s, 1:30 or 2 min',
    style: 'How it should sound, for example: calm, funny, for children',
    language: 'Language of the narration',
    template: 'Look of the captions',
    mood: 'Mood of the music',
    draftOption: 'Title or ID of a draft',
    status: 'Only drafts with this status',
    words: 'Words in the title, the topic or the narration',
    person: 'Only drafts that this person started',
    shortcut: 'Make a draft from this',
    keepFiles: 'Keep the footage and voice files',
    sessions: 'See where you are signed in to the studio, and sign out there',
  },

  studio: studioEn,

  signIn: SIGN_IN,

  web: WEB,
  api: API,
}

export type Words = typeof en

/** One position such as `2`, or several such as `2, 5`. */
function segmentsAt(places: string): string {
  return `${places.includes(',') ? 'segments' : 'segment'} ${places}`
}

function trim(value: number): string {
  return String(Math.round(value * 10) / 10)
}
