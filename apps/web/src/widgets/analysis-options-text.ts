/** What makes an analysis differ from the default one, in a few words. */
import type { AnalysisOptions } from '@heaptrail/api/analysis-options'
import type { TFunction } from 'i18next'

export function optionsText(t: TFunction, { sizes, keepUnreachable, layout }: AnalysisOptions): string {
  const { referenceSize, instanceHeader, alignment } = layout
  return [
    keepUnreachable ? t('analysis.kept') : '',
    sizes === 'mat' ? t('analysis.mat') : '',
    referenceSize === undefined ? '' : t('analysis.references', { bytes: referenceSize }),
    instanceHeader === undefined ? '' : t('analysis.header', { bytes: instanceHeader }),
    alignment === undefined ? '' : t('layout.alignment', { bytes: alignment }),
  ]
    .filter((part) => part !== '')
    .join(', ')
}
