/** What only a person knows about a piece of evidence: when it was taken, how fast its rows came, how large the heap was. */
import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartOf, Reading } from '@heaptrail/api/text-parts'
import type { TimelineItem } from '@heaptrail/api/timeline'
import { heapSizeText, parseHeapSize } from '../format/heap-size.ts'
import { localDateTime, parseLocalDateTime } from '../format/time.ts'
import { sayReading, timelineQuery } from '../server/evidence.ts'
import { ErrorState, Waiting } from './states.tsx'
import styles from './reading-form.module.css'

interface ReadingButtonProps {
  readonly part: PartOf & { readonly caseId: string }
  readonly isLink?: boolean
  readonly children: ReactNode
}

export function ReadingButton({ part, isLink = false, children }: ReadingButtonProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const close = () => setIsOpen(false)
  return (
    <>
      {isLink ? (
        <button type="button" className="link" onClick={() => setIsOpen(true)}>
          {children}
        </button>
      ) : (
        <Button size="compact-xs" variant="default" onClick={() => setIsOpen(true)}>
          {children}
        </Button>
      )}
      <Modal opened={isOpen} onClose={close} title={t('reading.title')} closeButtonProps={{ 'aria-label': t('close') }}>
        {isOpen && <LoadedForm part={part} onDone={close} />}
      </Modal>
    </>
  )
}

function LoadedForm({ part, onDone }: { part: ReadingButtonProps['part']; onDone: () => void }) {
  const { data, error, refetch } = useQuery(timelineQuery(part.caseId))
  const item = data?.items.find((one) => one.artifactId === part.artifactId && one.part === part.part)
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />
  if (item === undefined) return <Waiting />
  return <ReadingForm item={item} onDone={onDone} />
}

export function ReadingForm({ item, onDone }: { item: TimelineItem; onDone: () => void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [texts, setTexts] = useState(() => textsOf(item))
  const say = useMutation({
    mutationFn: (reading: Reading) => sayReading(queryClient, item.artifactId, reading),
    onSuccess: onDone,
  })
  const reading = readingOf(item, texts)
  const isLog = item.kind === 'jstat-log'
  function field(name: keyof Texts, isWrong: boolean) {
    return {
      label: t(`reading.${name}`),
      description: t(`reading.${name}Hint`),
      value: texts[name],
      error: isWrong ? t(`reading.${name}Wrong`) : undefined,
      onChange: (event: { currentTarget: { value: string } }) => {
        const { value } = event.currentTarget
        setTexts((old) => ({ ...old, [name]: value }))
      },
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (reading.kind === 'right') say.mutate(reading.reading)
  }
  const wrong = reading.kind === 'wrong' ? reading.fields : []
  return (
    <form className={styles['form']} onSubmit={submit}>
      <p className={styles['hint']}>{item.name}</p>
      <TextInput type="datetime-local" step={1} {...field('startedAt', wrong.includes('startedAt'))} />
      {isLog && item.axis === 'row' && (
        <TextInput inputMode="decimal" {...field('secondsPerRow', wrong.includes('secondsPerRow'))} />
      )}
      {isLog && <TextInput placeholder="4g" {...field('maxHeap', wrong.includes('maxHeap'))} />}
      {isLog && <TextInput placeholder="512m" {...field('young', wrong.includes('young'))} />}
      {say.error !== null && <ErrorState error={say.error} />}
      <Button type="submit" loading={say.isPending} disabled={reading.kind === 'wrong'}>
        {t('reading.save')}
      </Button>
    </form>
  )
}

export interface Texts {
  readonly startedAt: string
  readonly secondsPerRow: string
  readonly maxHeap: string
  readonly young: string
}

function textsOf({ reading }: TimelineItem): Texts {
  const size = (bytes: number | null | undefined) => (bytes === null || bytes === undefined ? '' : heapSizeText(bytes))
  return {
    startedAt: reading?.startedAt ? localDateTime(Date.parse(reading.startedAt)) : '',
    secondsPerRow: reading?.secondsPerRow ? String(reading.secondsPerRow) : '',
    maxHeap: size(reading?.maxHeapBytes),
    young: size(reading?.youngBytes),
  }
}

type Parsed =
  | { readonly kind: 'right'; readonly reading: Reading }
  | { readonly kind: 'wrong'; readonly fields: readonly (keyof Texts)[] }

/** An empty field takes back what was said before. */
export function readingOf({ part }: Pick<TimelineItem, 'part'>, texts: Texts): Parsed {
  const parsed = {
    startedAt: parsedOr(texts.startedAt, parseLocalDateTime),
    secondsPerRow: parsedOr(texts.secondsPerRow, (text) => positive(Number(text.replace(',', '.')))),
    maxHeap: parsedOr(texts.maxHeap, (text) => atLeast(parseHeapSize(text), 2 ** 20)),
    young: parsedOr(texts.young, (text) => atLeast(parseHeapSize(text), 2 ** 16)),
  }
  const { startedAt, secondsPerRow, maxHeap, young } = parsed
  if (startedAt === undefined || secondsPerRow === undefined || maxHeap === undefined || young === undefined) {
    const names = Object.keys(parsed) as (keyof Texts)[]
    return { kind: 'wrong', fields: names.filter((name) => parsed[name] === undefined) }
  }
  const started = startedAt === null ? null : new Date(startedAt).toISOString()
  return {
    kind: 'right',
    reading: { part, startedAt: started, secondsPerRow, maxHeapBytes: maxHeap, youngBytes: young },
  }
}

/** null: nothing was typed; undefined: what was typed makes no sense. */
function parsedOr(text: string, parse: (text: string) => number | undefined): number | null | undefined {
  return text.trim() === '' ? null : parse(text)
}

function positive(value: number): number | undefined {
  return value > 0 && value <= 86_400 ? value : undefined
}

function atLeast(bytes: number | undefined, least: number): number | undefined {
  return bytes !== undefined && bytes >= least && bytes <= 2 ** 50 ? bytes : undefined
}
