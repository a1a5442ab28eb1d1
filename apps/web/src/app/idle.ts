/** `<html data-idle>`: true while no request and no chunk is on the way. Tests wait for it instead of for time. */
import type { QueryClient } from '@tanstack/react-query'

/** Frames of quiet: what a finished request renders may ask for more. */
const QUIET_FRAMES = 3

/** @returns how to stop */
export function showIdle(queryClient: QueryClient, isLoadingView: () => boolean): () => void {
  let quiet = 0
  let frame = requestAnimationFrame(look)
  function look() {
    const busy = queryClient.isFetching() + queryClient.isMutating() > 0 || isLoadingView()
    quiet = busy ? 0 : quiet + 1
    const idle = String(quiet >= QUIET_FRAMES)
    if (document.documentElement.dataset['idle'] !== idle) document.documentElement.dataset['idle'] = idle
    frame = requestAnimationFrame(look)
  }
  return () => cancelAnimationFrame(frame)
}
