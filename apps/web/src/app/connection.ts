import { createContext } from 'react'

/** False while the stream of events is broken: the server restarts, or the network is gone. */
export const ConnectionContext = createContext(true)
