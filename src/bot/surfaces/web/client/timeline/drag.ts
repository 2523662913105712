import Sortable from 'sortablejs'
import { dragging, moveTo, shown } from './order.ts'

/** Milliseconds that a finger rests on a segment before it moves it: before that it scrolls. */
const REST = 200
/** Pixels that a mouse moves before it is no click any more. */
const SLACK = 4

/** Lets people put the blocks in another order by mouse, pen and finger. @returns what ends it. */
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
    // The browser's own drag and drop shows a picture that nobody can style, and does not know fingers.
    ...{ forceFallback: true, fallbackTolerance: SLACK, fallbackOnBody: true },
    ...{ ghostClass: 'block-gap', fallbackClass: 'block-held', chosenClass: 'block-chosen' },
    ...{ scrollSensitivity: 60, scrollSpeed: 14, bubbleScroll: false },
    onStart({ item }) {
      following = item.nextSibling
      dragging.value = true
    },
    onEnd({ item, oldDraggableIndex, newDraggableIndex }) {
      // Back to where Preact has put it; the new order comes from the state.
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
