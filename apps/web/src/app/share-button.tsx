/** One click copies the link; what opens below says what the link is worth. */
import { Button, Popover, TextInput } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Place } from '@heaptrail/api/place'
import { healthQuery } from '../server/cases.ts'
import { linkTo } from '../url/navigation.tsx'
import { copyText } from '../widgets/copy-link.tsx'
import { errorSentence } from '../widgets/states.tsx'
import styles from './header.module.css'

type Shared =
  | { readonly status: 'copied' | 'not-copied'; readonly link: string }
  | { readonly status: 'failed'; readonly error: Error }

export function ShareButton({ place }: { place: Place }) {
  const { t } = useTranslation()
  const { data: health } = useQuery(healthQuery)
  const [shared, setShared] = useState<Shared | undefined>(undefined)
  const isOpen = shared !== undefined
  useEffect(() => setShared(undefined), [place])
  useEffect(() => {
    if (!isOpen) return undefined
    // The focus stays on the button, where the popover itself hears no keys.
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setShared(undefined)
    window.addEventListener('keydown', close)
    return () => window.removeEventListener('keydown', close)
  }, [isOpen])

  async function share() {
    try {
      const link = await linkTo(place, health?.publicUrl)
      setShared({ status: await tryToCopy(link), link })
    } catch (error) {
      setShared({ status: 'failed', error: error instanceof Error ? error : new Error(String(error)) })
    }
  }

  return (
    <Popover opened={isOpen} onChange={(opened) => !opened && setShared(undefined)} position="bottom-end" withinPortal>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconLink size={14} aria-hidden />}
          onClick={() => void share()}
        >
          {t('share.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles['share']} role="status">
          {shared?.status === 'failed' ? (
            <p>{errorSentence(t, shared.error)}</p>
          ) : (
            <>
              <p>{shared?.status === 'copied' ? t('share.copied') : t('share.notCopied')}</p>
              <TextInput
                size="xs"
                readOnly
                aria-label={t('share.link')}
                value={shared?.link ?? ''}
                onFocus={(event) => event.currentTarget.select()}
              />
              {health?.localOnly === true && <p>{t('share.localOnly')}</p>}
              {health?.localOnly === false && health.access === 'granted' && <p>{t('share.needsKey')}</p>}
            </>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

async function tryToCopy(link: string): Promise<'copied' | 'not-copied'> {
  try {
    await copyText(link)
    return 'copied'
  } catch {
    return 'not-copied'
  }
}
