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
  useEffect(() => setShared(undefined), [place])

  async function share() {
    try {
      const link = (health?.publicUrl ?? window.location.origin) + (await linkTo(place))
      setShared({ status: await tryToCopy(link), link })
    } catch (error) {
      setShared({ status: 'failed', error: error instanceof Error ? error : new Error(String(error)) })
    }
  }

  return (
    <Popover
      opened={shared !== undefined}
      onChange={(opened) => !opened && setShared(undefined)}
      position="bottom-end"
      withinPortal
    >
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
