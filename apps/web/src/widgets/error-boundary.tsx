/** A fault in one view leaves the rest of the page standing, and says what happened. */
import { Component, type ReactNode } from 'react'
import { ErrorState } from './states.tsx'

interface State {
  readonly error: Error | undefined
}

export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return <ErrorState whole error={error} retry={() => this.setState({ error: undefined })} />
  }
}
