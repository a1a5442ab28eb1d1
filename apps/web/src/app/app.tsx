/** Everything that the views stand on: theme, queries, events, uploads, router. */
import {
  MantineProvider,
  createTheme,
  defaultVariantColorsResolver,
  localStorageColorSchemeManager,
} from '@mantine/core'
import { QueryCache, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { askForKey, isKeyNeeded } from '../server/access.ts'
import { healthQuery } from '../server/cases.ts'
import { followEvents } from '../server/events.ts'
import { IntakeProvider } from '../server/intake.tsx'
import { isPassing } from '../server/request.ts'
import { placeWriterOf } from '../url/navigation.tsx'
import { createPlaceRouter } from '../url/router.ts'
import { AccessGate } from './access-gate.tsx'
import { ConnectionContext } from './connection.ts'
import { showIdle } from './idle.ts'
import { Shell } from './shell.tsx'

const theme = createTheme({
  primaryColor: 'blue',
  // What is filled with a colour needs a text that can be read on it, in both themes.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input)
    return input.variant === 'filled' ? { ...colors, color: 'var(--ht-on-accent)' } : colors
  },
  components: {
    Radio: { defaultProps: { iconColor: 'var(--ht-on-accent)' } },
    Checkbox: { defaultProps: { iconColor: 'var(--ht-on-accent)' } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'sm' } },
    // A label on its way to another colour is hard to read.
    SegmentedControl: { defaultProps: { transitionDuration: 0 } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'sm' } },
    // Locking scroll would add a style element; the page itself never scrolls.
    // Its <header> would be a second banner of the page.
    Modal: {
      defaultProps: {
        transitionProps: { duration: 0 },
        lockScroll: false,
        attributes: { header: { role: 'presentation' } },
      },
    },
  },
})
const colorSchemes = localStorageColorSchemeManager({ key: 'heaptrail.theme' })

function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    // The session was ended, or the server got another key, while the page was open.
    queryCache: new QueryCache({ onError: (error) => isKeyNeeded(error) && askForKey(client) }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => isPassing(error) && failures < 3,
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 4000),
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', onError: (error) => isKeyNeeded(error) && askForKey(client) },
    },
  })
  return client
}

export function App() {
  const [queryClient] = useState(createQueryClient)
  const [router] = useState(() => createPlaceRouter(Shell))
  const [connected, setConnected] = useState(true)
  const { data: health } = useQuery(healthQuery, queryClient)
  const shutOut = health?.access === 'needed'
  useEffect(() => (shutOut ? undefined : followEvents(queryClient, setConnected)), [queryClient, shutOut])
  useEffect(() => showIdle(queryClient, router.history, placeWriterOf(router.history)), [queryClient, router])
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <ConnectionContext value={connected}>
          <IntakeProvider>
            <AccessGate>
              <RouterProvider router={router} />
            </AccessGate>
          </IntakeProvider>
        </ConnectionContext>
      </QueryClientProvider>
    </MantineProvider>
  )
}
