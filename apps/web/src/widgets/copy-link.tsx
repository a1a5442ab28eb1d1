/** Puts a link to a place on the clipboard; state too long for a URL is stored first. */
import type { Place } from '@heaptrail/api/place'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { healthQuery } from '../server/cases.ts'
import { linkTo } from '../url/navigation.tsx'

export type CopyResult = 'none' | 'copied' | 'failed'

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

export function useCopyLink(): { copyLink: (place: Place) => void; result: CopyResult } {
  const { data: health } = useQuery(healthQuery)
  const [result, setResult] = useState<CopyResult>('none')
  async function copy(place: Place) {
    try {
      await copyText(await linkTo(place, health?.publicUrl))
      setResult('copied')
    } catch {
      setResult('failed')
    }
    setTimeout(() => setResult('none'), 2500)
  }
  return { copyLink: (place) => void copy(place), result }
}
