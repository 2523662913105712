import { useEffect } from 'preact/hooks'
import { canEdit, redoStep, undoStep } from '../changes.ts'
import { draft } from '../state.ts'

/** Ctrl+Z and Ctrl+Shift+Z (Cmd on a Mac) for undo and redo, except in text fields, where they apply to the typed text. */
export function useStepKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return
      const key = event.key.toLowerCase()
      const isRedo = (key === 'z' && event.shiftKey) || (key === 'y' && !event.shiftKey)
      if (!isRedo && key !== 'z') return
      event.preventDefault()
      if (!canEdit.peek()) return
      if (isRedo) draft.peek()?.can_redo && void redoStep()
      else draft.peek()?.can_undo && void undoStep()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const isField = target.matches(
    'textarea, select, input:not([type=range], [type=checkbox], [type=radio], [type=button])',
  )
  return isField || target.isContentEditable
}
