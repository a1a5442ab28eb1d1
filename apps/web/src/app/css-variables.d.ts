import 'react'

declare module 'react' {
  /** Values of our own custom properties, set where they depend on data. */
  interface CSSProperties {
    readonly [variable: `--${string}`]: string | number | undefined
  }
}
