/** How the cleanup treats the files of a folder. */
export type FolderPolicy =
  /** Kept as long as a segment, a stored revision, a render or a brand refers to them. */
  | 'owned'
  /** Can be recreated, and are kept as long as a draft exists for which they were made, or which used them. */
  | 'made'
  /** Outdated after a day. */
  | 'dated'
  /** Gone once the work that writes them is over, unless the process died. */
  | 'passing'

/** All folders of the store. Other folders can't be written to, so every folder gets cleaned up. */
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

/** The folders that are treated in the given way. */
export function foldersThatAre(...policies: FolderPolicy[]): FolderName[] {
  return FOLDER_NAMES.filter((name) => policies.includes(FOLDERS[name]))
}

const FOLDER_NAMES = Object.keys(FOLDERS) as FolderName[]

/** Folders whose files can be recreated from the others. */
export const CACHES = ['clips', 'sounds', 'previews', 'bundles'] as const satisfies FolderName[]
