/** Another analysis of a dump, with options: it stands beside those that are there. */
import { Button, Checkbox, Modal, NativeSelect, Radio } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AnalysisOptions, DEFAULT_ANALYSIS, LayoutOverride } from '@heaptrail/api/analysis-options'
import type { Artifact } from '@heaptrail/api/cases'
import { printAnalysisKey, printHeapRef, type HeapRef } from '@heaptrail/api/heap-ref'
import { analyseWith } from '../../server/analyses.ts'
import { caseQuery } from '../../server/cases.ts'
import { ErrorState } from '../../widgets/states.tsx'
import styles from './case-page.module.css'

const CHOICES = {
  referenceSize: ['4', '8'],
  instanceHeader: ['8', '12', '16'],
  alignment: ['8', '16', '32', '64', '128', '256'],
} as const
type Part = keyof typeof CHOICES
const PARTS: readonly Part[] = ['referenceSize', 'instanceHeader', 'alignment']

export function AnalyseAgain({ artifact }: { artifact: Artifact }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('analysis.againOf', { name: artifact.name })}
        onClick={() => setIsOpen(true)}
      >
        {t('analysis.again')}
      </Button>
      <AnalysisDialog dump={artifact} shown={DEFAULT_ANALYSIS} isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </>
  )
}

interface AnalysisDialogProps {
  readonly dump: { readonly caseId: string; readonly id: string }
  /** The options to begin with, of an analysis that is there. */
  readonly shown: AnalysisOptions
  readonly isOpen: boolean
  /** Above the fields. */
  readonly children?: ReactNode
  readonly onClose: () => void
  /** Told which analysis was asked for; it may have been there already. */
  readonly onStarted?: (ref: HeapRef) => void
}

export function AnalysisDialog({ isOpen, onClose, children, ...form }: AnalysisDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('analysis.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {children}
      {isOpen && <AnalysisForm onClose={onClose} {...form} />}
    </Modal>
  )
}

function AnalysisForm({ dump, shown, onClose, onStarted }: Omit<AnalysisDialogProps, 'isOpen' | 'children'>) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [options, setOptions] = useState(shown)
  const start = useMutation({
    mutationFn: () => analyseWith(dump.id, options),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: caseQuery(dump.caseId).queryKey })
      onClose()
      onStarted?.(printHeapRef(dump.id, options))
    },
  })
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        start.mutate()
      }}
    >
      <OptionFields options={options} onChange={setOptions} />
      {start.error !== null && <ErrorState error={start.error} />}
      <Button type="submit" loading={start.isPending} disabled={printAnalysisKey(options) === printAnalysisKey(shown)}>
        {t('analysis.start')}
      </Button>
    </form>
  )
}

interface OptionFieldsProps {
  readonly options: AnalysisOptions
  readonly onChange: (options: AnalysisOptions) => void
}

function OptionFields({ options, onChange }: OptionFieldsProps) {
  const { t } = useTranslation()
  function chooseLayout(part: Part, value: string) {
    const { [part]: _before, ...others } = options.layout
    const layout = LayoutOverride.parse(value === '' ? others : { ...others, [part]: Number(value) })
    onChange({ ...options, layout })
  }
  return (
    <div className={styles['form']}>
      <Checkbox
        data-autofocus
        label={t('analysis.keep')}
        description={t('analysis.keepHint')}
        checked={options.keepUnreachable}
        onChange={(event) => onChange({ ...options, keepUnreachable: event.currentTarget.checked })}
      />
      <Radio.Group
        label={t('analysis.sizes')}
        value={options.sizes}
        onChange={(sizes) => onChange(AnalysisOptions.parse({ ...options, sizes }))}
      >
        <div className={styles['choices']}>
          <Radio value="jvm" label={t('analysis.sizesJvm')} />
          <Radio value="mat" label={t('analysis.sizesMat')} />
        </div>
      </Radio.Group>
      {PARTS.map((part) => (
        <NativeSelect
          key={part}
          label={t(`analysis.part.${part}`)}
          value={String(options.layout[part] ?? '')}
          onChange={(event) => chooseLayout(part, event.currentTarget.value)}
          data={[
            { value: '', label: t('analysis.inferred') },
            ...CHOICES[part].map((bytes) => ({ value: bytes, label: t('analysis.bytes', { bytes }) })),
          ]}
        />
      ))}
    </div>
  )
}
