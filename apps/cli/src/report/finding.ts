/** Something worth a person's attention that the analysis noticed by itself. */
export interface Finding {
  readonly id: string
  readonly severity: 'critical' | 'warning' | 'info'
  readonly title: string
}
