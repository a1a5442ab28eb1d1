/** What the heap tells about its JVM, on a few lines. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { JvmFacts } from '@heaptrail/api/heap-properties'
import { formatInstant } from '../../format/time.ts'
import { jvmFactsQuery } from '../../server/heap-lists.ts'
import { Fact, Facts } from '../../widgets/facts.tsx'
import styles from './properties.module.css'

export function JvmCard({ artifactId }: { artifactId: string }) {
  const { t, i18n } = useTranslation()
  const { data } = useQuery(jvmFactsQuery(artifactId))
  const shown = data === undefined ? [] : factsOf(data, (time) => formatInstant(time, i18n.language))
  if (shown.length === 0) return undefined
  return (
    <section className={styles['card']} aria-label={t('properties.jvm')}>
      <Facts inline>
        {shown.map(([name, text]) => (
          <Fact key={name} name={t(`properties.fact.${name}`)}>
            {text}
          </Fact>
        ))}
      </Facts>
    </section>
  )
}

const NAMES = [
  'vm',
  'vendor',
  'os',
  'timeZone',
  'encoding',
  'user',
  'directory',
  'pid',
  'startedAt',
  'command',
  'options',
] as const
type FactName = (typeof NAMES)[number]

function factsOf(jvm: JvmFacts, printTime: (time: string) => string): (readonly [FactName, string])[] {
  const texts: Record<FactName, string | null> = {
    vm: [jvm.vmName, jvm.vmVersion ?? jvm.version].filter((part) => part !== null).join(' ') || null,
    vendor: jvm.vendor,
    os: jvm.os,
    timeZone: jvm.timeZone,
    encoding: jvm.encoding,
    user: jvm.user,
    directory: jvm.directory,
    pid: jvm.pid === null ? null : String(jvm.pid),
    startedAt: jvm.startedAt === null ? null : printTime(jvm.startedAt),
    command: jvm.command,
    options: jvm.options === null || jvm.options.length === 0 ? null : jvm.options.join(' '),
  }
  return NAMES.flatMap((name) => {
    const text = texts[name]
    return text === null ? [] : [[name, text] as const]
  })
}
