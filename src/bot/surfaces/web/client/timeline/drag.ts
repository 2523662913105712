import Sortable from 'sortablejs'
import { dragging, moveTo, shown } from './order.ts'

/** Milliseconds that a finger must rest on a segment to move it; otherwise it scrolls. */
const REST = 200
/** Pixels of mouse movement from which a click becomes a drag. */
const SLACK = 4

/** Lets people reorder the blocks by mouse, pen and finger. @returns a handle to disable or end it. */
export function sortBlocks(list: HTMLElement): { setDisabled(isDisabled: boolean): void; end(): void } {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  let following: ChildNode | null = null
  const sortable = Sortable.create(list, {
    draggable: '.block',
    filter: '.trim',
    preventOnFilter: false,
    direction: 'horizontal',
    animation: isCalm ? 0 : 140,
    ...{ delay: REST, delayOnTouchOnly: true, touchStartThreshold: SLACK },
    // The browser's own drag and drop shows a picture that can't be styled, and doesn't support touch.
    ...{ forceFallback: true, fallbackTolerance: SLACK, fallbackOnBody: true },
    ...{ ghostClass: 'block-gap', fallbackClass: 'block-held', chosenClass: 'block-chosen' },
    ...{ scrollSensitivity: 60, scrollSpeed: 14, bubbleScroll: false },
    onStart({ item }) {
      following = item.nextSibling
      dragging.value = true
    },
    onEnd({ item, oldDraggableIndex, newDraggableIndex }) {
      // Puts it back where Preact rendered it; the new order comes from the state.
      list.insertBefore(item, following)
      const span = oldDraggableIndex === undefined ? undefined : shown.peek()[oldDraggableIndex]
      dragging.value = false
      if (span && newDraggableIndex !== undefined && newDraggableIndex !== oldDraggableIndex)
        void moveTo(span.segment, newDraggableIndex)
    },
  })
  return {
    setDisabled: (isDisabled) => void sortable.option('disabled', isDisabled),
    end: () => sortable.destroy(),
  }
}
