import { useEffect, useState } from 'preact/hooks'

/** How far beside what is seen things are made ready. */
const MARGIN = '0px 600px'
const found = new WeakMap<Element, () => void>()
let observer: IntersectionObserver | undefined

/** Whether an element has ever been near what is to be seen: pictures and waveforms of others are not fetched. */
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
