/**
 * Google's reasons for a refusal as people understand them, by their names in
 * https://developers.google.com/youtube/v3/docs/errors and in the pages of each method. For others, Google's own message is
 * shown.
 */
export const ENGLISH_REFUSALS = {
  quotaExceeded:
    'The Google project has used up its YouTube quota for today. Try again after midnight Pacific time.',
  uploadLimitExceeded: 'YouTube accepts no more videos from this channel today. Try again tomorrow.',
  youtubeSignupRequired:
    'This Google account has no YouTube channel. Create one on YouTube, then link it again.',
  accessNotConfigured:
    'The YouTube Data API is not enabled in the Google project. The person who runs Rushes needs to enable it.',
  insufficientPermissions:
    'The channel was linked without the permission that this needs. Link it again and leave all permissions checked.',
  forbidden: 'YouTube does not allow this for the linked channel.',
  channelSuspended: 'YouTube has suspended this channel.',
  channelClosed: 'This YouTube channel is closed.',
  invalidTitle: 'YouTube does not accept this title.',
  invalidDescription: 'YouTube does not accept this description.',
  invalidTags: 'YouTube does not accept these tags.',
  invalidPublishAt: 'YouTube does not accept this publishing time.',
  invalidFilename: 'YouTube does not accept the name of the video file.',
  mediaBodyRequired: 'YouTube received no video.',
  videoNotFound: 'The video is no longer on YouTube.',
} as const
export type UploadRefusal = keyof typeof ENGLISH_REFUSALS
