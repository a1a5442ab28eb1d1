/** One process over the samples: what it has in memory, beside what the JVM has committed for its heap. */
import { useTranslation } from 'react-i18next'
import type { TopOutput, TopProcess } from '@heaptrail/api/top-output'
import { formatDecimal } from '../../format/count.ts'
import { HeapBesideText, MemoryBar } from './heap-beside.tsx'
import { ProcessChart } from './process-chart.tsx'
import { SampleTable } from './sample-table.tsx'
import styles from './top.module.css'

interface ProcessCardProps {
  readonly caseId: string
  readonly process: TopProcess
  readonly output: TopOutput
}

export function ProcessCard({ caseId, process, output }: ProcessCardProps) {
  const { t } = useTranslation()
  const last = process.samples.length - 1
  const cpu = process.cpuPercent[last]
  return (
    <section className={styles['card']}>
      <h2 className={styles['name']}>
        {process.command} <span className={styles['dim']}>{t('top.pid', { pid: process.pid })}</span>
        {process.user !== null && <span className={styles['dim']}>{process.user}</span>}
        {typeof cpu === 'number' && <span>{t('top.cpuNow', { percent: formatDecimal(cpu) })}</span>}
      </h2>
      <MemoryBar process={process} />
      {process.heap !== null && <HeapBesideText caseId={caseId} heap={process.heap} process={process} />}
      {last > 0 && <ProcessChart process={process} output={output} />}
      <SampleTable process={process} output={output} />
    </section>
  )
}
