/** `<html data-idle>`: true while a view is shown and no request is on the way. Tests wait for it instead of for time. */
import type { QueryClient } from '@tanstack/react-query'
import type { RouterHistory } from '@tanstack/react-router'

/** Frames of quiet: what a finished request renders may ask for more. */
const QUIET_FRAMES = 3

/** The address bar, as far as it says when a view is complete. */
interface Address {
  readonly isBehind: () => boolean
  readonly subscribe: (listener: () => void) => () => void
}

/**
 * Looks only when a request, the place or the page has changed, and for a few frames after.
 * @returns how to stop
 */
export function showIdle(queryClient: QueryClient, history: RouterHistory, address: Address): () => void {
  let quiet = 0
  let frame: number | undefined

  function look() {
    frame = undefined
    const busy = queryClient.isFetching() + queryClient.isMutating() > 0 || address.isBehind() || !isViewShown()
    quiet = busy ? 0 : quiet + 1
    show(quiet >= QUIET_FRAMES)
    if (quiet < QUIET_FRAMES) frame = requestAnimationFrame(look)
  }
  function lookAgain() {
    quiet = 0
    show(false)
    frame ??= requestAnimationFrame(look)
  }

  const stopNavigation = history.subscribe(lookAgain)
  const stopAddress = address.subscribe(lookAgain)
  const stopQueries = queryClient.getQueryCache().subscribe(lookAgain)
  const stopMutations = queryClient.getMutationCache().subscribe(lookAgain)
  const page = new MutationObserver(lookAgain)
  page.observe(document.body, { childList: true, subtree: true })
  lookAgain()
  return () => {
    stopNavigation()
    stopAddress()
    stopQueries()
    stopMutations()
    page.disconnect()
    if (frame !== undefined) cancelAnimationFrame(frame)
  }
}

function show(idle: boolean) {
  document.documentElement.dataset['idle'] = String(idle)
}

/** A view whose code or first data is still on the way shows `Waiting`. */
function isViewShown(): boolean {
  return document.querySelector('main') !== null && document.querySelector('[data-waiting]') === null
}
