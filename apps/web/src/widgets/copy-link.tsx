/** Puts a link to a place on the clipboard; state too long for a URL is stored first. */
import type { Place } from '@heaptrail/api/place'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { healthQuery } from '../server/cases.ts'
import { linkTo } from '../url/navigation.tsx'
import { useSay } from './notice.tsx'

/** Falls back to a selection where the clipboard needs a secure page (plain http on a LAN). */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  if (!copied) throw new Error('the browser did not allow to copy')
}

/** Copies, and says in the status line whether that went well. */
export function useCopyLink(): { copyLink: (place: Place) => void } {
  const { t } = useTranslation()
  const say = useSay()
  const { data: health } = useQuery(healthQuery)
  async function copy(place: Place) {
    try {
      await copyText(await linkTo(place, health?.publicUrl))
      say(t('copy.linkCopied'))
    } catch {
      say(t('copy.failed'))
    }
  }
  return { copyLink: (place) => void copy(place) }
}
