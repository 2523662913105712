/** What the render form calls no upload. */
export const NO_UPLOAD = 'no'

/** What has to be declared of a video; nothing is chosen beforehand. */
export const DECLARATIONS = ['plain', 'kids', 'synthetic', 'kids_synthetic'] as const
export type Declaration = (typeof DECLARATIONS)[number]
