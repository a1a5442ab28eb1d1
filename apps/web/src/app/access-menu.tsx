/** The way out again, for who has given the access key. */
import { ActionIcon, Menu } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { leave } from '../server/access.ts'
import { healthQuery } from '../server/cases.ts'

export function AccessMenu() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { data: health } = useQuery(healthQuery)
  const leaving = useMutation({ mutationFn: (who: 'me' | 'everybody') => leave(queryClient, who) })
  if (health?.access !== 'granted') return undefined
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('access.menu')} title={t('access.menu')}>
          <IconLogout size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => leaving.mutate('me')}>{t('access.leave')}</Menu.Item>
        <Menu.Item onClick={() => leaving.mutate('everybody')}>{t('access.leaveAll')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
