/** Asks for the access key in place of the view, so that the address stays and the view follows. */
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { giveKey } from '../server/access.ts'
import { healthQuery } from '../server/cases.ts'
import { errorSentence } from '../widgets/states.tsx'
import styles from './access-gate.module.css'

export function AccessGate({ children }: { children: ReactNode }) {
  const { data: health } = useQuery(healthQuery)
  return health?.access === 'needed' ? <KeyPage /> : children
}

function KeyPage() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [key, setKey] = useState('')
  const entering = useMutation({ mutationFn: () => giveKey(queryClient, key.trim()) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (key.trim() !== '') entering.mutate()
  }
  return (
    <main className={styles['page']}>
      <form className={styles['form']} onSubmit={submit}>
        <h1>{t('access.title')}</h1>
        <p>{t('access.text')}</p>
        <TextInput
          type="password"
          label={t('access.key')}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          autoComplete="current-password"
          data-autofocus
          autoFocus
          error={entering.error === null ? undefined : errorSentence(t, entering.error)}
        />
        <Button type="submit" loading={entering.isPending}>
          {t('access.enter')}
        </Button>
      </form>
    </main>
  )
}
