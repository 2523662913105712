import { html } from 'htm/preact'

/** Outline icons of 24 by 24 units, drawn for the studio; each has a visible or hidden label with the same meaning. */
const PATHS = {
  undo: 'M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6',
  redo: 'm15 7 5 5-5 5M20 12H10a6 6 0 0 0-6 6',
  back: 'M15 5l-7 7 7 7',
  split: 'M12 3v18M8 8 4 12l4 4M16 8l4 4-4 4',
  merge: 'M12 3v18M4 8l4 4-4 4M20 8l-4 4 4 4',
  insert: 'M12 5v14M5 12h14',
  remove: 'M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13',
  zoomIn: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM15.5 15.5 20 20M10.5 7.5v6M7.5 10.5h6',
  zoomOut: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM15.5 15.5 20 20M7.5 10.5h6',
  fit: 'M4 8v8M20 8v8M7 12h10M9.5 9.5 7 12l2.5 2.5M14.5 9.5 17 12l-2.5 2.5',
  render: 'M5 5.5h14v13H5zM10 9l5 3-5 3z',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14',
  note: 'M5 5h14v11H11l-4 3.5V16H5z',
  warning: 'M12 4 3 20h18L12 4ZM12 10v5M12 17.2v.3',
  suggestion: 'M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8z',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
} as const

export function icon(name: keyof typeof PATHS) {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.8"
    stroke-linecap="round" stroke-linejoin="round"><path d=${PATHS[name]} /></svg>`
}
