/** Whose code counts as the user's own, and how to change that for the whole case. */
import { Button, CloseButton, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { OwnPackage } from '@heaptrail/api/own-code'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { caseQuery } from '../../server/cases.ts'
import { heapSummaryQuery } from '../../server/heap.ts'
import { chooseOwnCode } from '../../server/own-code.ts'
import { errorSentence } from '../../widgets/states.tsx'
import styles from './paths-view.module.css'

interface OfDump {
  readonly caseId: string
  readonly artifactId: string
}

export function OwnCodeChoice({ of: { caseId, artifactId } }: { of: OfDump }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [isOpen, setIsOpen] = useState(false)
  const packages = useQuery(heapSummaryQuery(artifactId)).data?.ownPackages
  const isChosen = Array.isArray(useQuery(caseQuery(caseId)).data?.ownPackages)
  const choice = useMutation({
    mutationFn: (chosen: readonly string[] | null) => chooseOwnCode(queryClient, caseId, chosen),
  })
  if (packages === undefined) return undefined
  return (
    <div role="group" aria-label={t('ownCode.title')} className={styles[isOpen ? 'choice' : 'briefChoice']}>
      <div className={styles['group']}>
        <span aria-hidden>{t('ownCode.title')}</span>
        {isOpen ? (
          packages.map((name) => (
            <span key={name} className={styles['named']}>
              {name}
              <CloseButton
                size="xs"
                aria-label={t('ownCode.remove', { name })}
                onClick={() => choice.mutate(packages.filter((other) => other !== name))}
              />
            </span>
          ))
        ) : (
          <b className="mono" title={packages.join(', ')}>
            {packages.length === 0 ? t('ownCode.none') : packages.join(', ')}
          </b>
        )}
        <span title={t(isChosen ? 'ownCode.chosen' : 'ownCode.learned')}>
          {t(isChosen ? 'ownCode.chosen' : 'ownCode.learned')}
        </span>
        {isOpen && (
          <AddPackage onAdd={(name) => choice.mutate([...packages.filter((other) => other !== name), name])} />
        )}
        {isOpen && isChosen && (
          <Button size="compact-xs" variant="default" onClick={() => choice.mutate(null)}>
            {t('ownCode.reset')}
          </Button>
        )}
        <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {t(isOpen ? 'ownCode.done' : 'ownCode.change')}
        </Button>
      </div>
      {choice.error !== null && <p role="alert">{errorSentence(t, choice.error)}</p>}
    </div>
  )
}

function AddPackage({ onAdd }: { onAdd: (name: string) => void }) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const typed = OwnPackage.safeParse(words.trim())
  const isWrong = words.trim() !== '' && !typed.success
  function add(event: FormEvent) {
    event.preventDefault()
    if (!typed.success) return
    onAdd(typed.data)
    setWords('')
  }
  return (
    <form onSubmit={add} className={styles['add']}>
      <TextInput
        size="xs"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        aria-label={t('ownCode.name')}
        placeholder="com.acme"
        error={isWrong ? t('ownCode.wrong') : undefined}
        className={styles['package']}
      />
      <Button type="submit" size="compact-xs" variant="default" disabled={!typed.success}>
        {t('ownCode.add')}
      </Button>
    </form>
  )
}
