/** The dump that a finding is about. */
export interface OfDump {
  readonly caseId: string
  readonly artifactId: string
}
