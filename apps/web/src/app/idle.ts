/** `<html data-idle>`: true while a view is shown and no request is on the way. Tests wait for it instead of for time. */
import type { QueryClient } from '@tanstack/react-query'

/** Frames of quiet: what a finished request renders may ask for more. */
const QUIET_FRAMES = 3

/** @returns how to stop */
export function showIdle(queryClient: QueryClient): () => void {
  let quiet = 0
  let frame = requestAnimationFrame(look)
  function look() {
    const busy = queryClient.isFetching() + queryClient.isMutating() > 0 || !isViewShown()
    quiet = busy ? 0 : quiet + 1
    const idle = String(quiet >= QUIET_FRAMES)
    if (document.documentElement.dataset['idle'] !== idle) document.documentElement.dataset['idle'] = idle
    frame = requestAnimationFrame(look)
  }
  return () => cancelAnimationFrame(frame)
}

/** A view whose code or first data is still on the way shows `Waiting`. */
function isViewShown(): boolean {
  return document.querySelector('main') !== null && document.querySelector('[data-waiting]') === null
}
