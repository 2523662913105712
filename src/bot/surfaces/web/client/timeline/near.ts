import { useEffect, useState } from 'preact/hooks'

/** Margin beside the visible area within which things are loaded. */
const MARGIN = '0px 600px'
const found = new WeakMap<Element, () => void>()
let observer: IntersectionObserver | undefined

/** Whether an element has ever been near the visible area; pictures and waveforms of others aren't fetched. */
export function useNear(element: { current: HTMLElement | null }): boolean {
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    const { current } = element
    if (isNear || !current) return
    observer ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) if (isIntersecting) found.get(target)?.()
      },
      { rootMargin: MARGIN },
    )
    found.set(current, () => setNear(true))
    observer.observe(current)
    return () => observer?.unobserve(current)
  }, [isNear])
  return isNear
}
