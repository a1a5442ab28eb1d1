/** What is known of the dumps of a case that still come in, or whose analysis is not over. */
import type { Case } from '@heaptrail/api/cases'
import { withAnalyses } from '../../server/analyses.ts'
import { isUnderWay } from '../../server/cases.ts'
import { EarlyHistogram } from '../../widgets/early-histogram.tsx'

const CLASSES_SHOWN = 15

export function EarlyHistograms({ of }: { of: Case }) {
  const uploads = of.uploads.filter(({ state }) => state.status !== 'failed')
  const dumps = withAnalyses(of.artifacts).filter((one) => one.kind === 'heap-dump' && isUnderWay(one))
  return (
    <>
      {uploads.map(({ id, name }) => (
        <EarlyHistogram key={id} source={{ kind: 'upload', id }} name={name} limit={CLASSES_SHOWN} />
      ))}
      {dumps.map(({ id, name }) => (
        <EarlyHistogram key={id} source={{ kind: 'artifact', id }} name={name} limit={CLASSES_SHOWN} />
      ))}
    </>
  )
}
