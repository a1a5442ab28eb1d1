/** One route for every path: the place codec of the API says what a path means. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  type RouteComponent,
  type RouterHistory,
} from '@tanstack/react-router'

export function createPlaceRouter(component: RouteComponent, history?: RouterHistory) {
  const root = createRootRoute({ component })
  const anyPath = createRoute({ getParentRoute: () => root, path: '$' })
  return createRouter({
    routeTree: root.addChildren([anyPath]),
    ...(history === undefined ? {} : { history }),
    // The codec reads and writes the query itself; the router passes it through untouched.
    parseSearch: (search) => ({ text: search }),
    stringifySearch: (search) => (typeof search['text'] === 'string' ? search['text'] : ''),
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPlaceRouter>
  }
}
