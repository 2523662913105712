/** What cleaning does with the files of a folder. */
export type FolderPolicy =
  /** They stay as long as a segment, a kept revision, a render or a brand refers to them. */
  | 'owned'
  /** They can be made again, and stay as long as a draft is there that they were made for, or that used them. */
  | 'made'
  /** They are outdated after a day. */
  | 'dated'
  /** They are gone when what writes them is over, unless the process died. */
  | 'passing'

/** All folders of the store. What has no place here cannot be written to, so that there is none that nobody cleans. */
export const FOLDERS = {
  voices: 'owned',
  footage: 'owned',
  videos: 'owned',
  logos: 'owned',
  clips: 'made',
  sounds: 'made',
  previews: 'made',
  bundles: 'made',
  music: 'made',
  answers: 'dated',
  tmp: 'passing',
} as const satisfies Record<string, FolderPolicy>

export type FolderName = keyof typeof FOLDERS

/** The folders that are cleaned in one way. */
export function foldersThatAre(...policies: FolderPolicy[]): FolderName[] {
  return FOLDER_NAMES.filter((name) => policies.includes(FOLDERS[name]))
}

const FOLDER_NAMES = Object.keys(FOLDERS) as FolderName[]

/** Folders whose files can be made again from the others. */
export const CACHES = ['clips', 'sounds', 'previews', 'bundles'] as const satisfies FolderName[]
