import { useEffect, useState } from 'preact/hooks'

/** Handlers and state for an element on which a file can be dropped. */
export function useDrop(isOpen: boolean, onFile: (file: File) => void) {
  const [isOver, setIsOver] = useState(false)
  // If a file missed the element, the browser would open it in place of the page.
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      if (hasFile(event)) event.preventDefault()
    }
    addEventListener('dragover', refuse)
    addEventListener('drop', refuse)
    return () => {
      removeEventListener('dragover', refuse)
      removeEventListener('drop', refuse)
    }
  }, [])
  const over = (event: DragEvent) => {
    if (!isOpen || !hasFile(event)) return
    event.preventDefault()
    setIsOver(true)
  }
  return {
    isOver,
    handlers: {
      onDragEnter: over,
      onDragOver: over,
      onDragLeave: (event: DragEvent) => {
        // Only if the pointer leaves the element, not if it enters a child.
        const { currentTarget, relatedTarget } = event
        if (!(currentTarget as Element).contains(relatedTarget as Node | null)) setIsOver(false)
      },
      onDrop: (event: DragEvent) => {
        setIsOver(false)
        const file = event.dataTransfer?.files[0]
        if (!isOpen || !file) return
        event.preventDefault()
        onFile(file)
      },
    },
  }
}

function hasFile({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}
