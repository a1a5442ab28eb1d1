/** From a class in a text to the same class in a heap dump of the case. */
import { useQueryClient } from '@tanstack/react-query'
import { classInDumpsQuery } from '../../server/class-histograms.ts'
import { useNavigation } from '../../url/navigation.tsx'
import { histogramPlace } from '../../widgets/object-places.ts'

/** Opens the first dump that has the class; the Inspector beside the table says when none has it. */
export function useOpenInDump(caseId: string): (name: string) => void {
  const queryClient = useQueryClient()
  const { open } = useNavigation()
  return (name) => {
    void queryClient
      .fetchQuery(classInDumpsQuery(caseId, name))
      .then(({ dumps }) => {
        const dump = dumps.find(({ found }) => found !== null)
        if (dump?.found) open(histogramPlace({ caseId, artifactId: dump.artifactId }, '', dump.found.classId))
      })
      // The Inspector asks the same and shows the failure.
      .catch(() => undefined)
  }
}
