/** All threads on the clipboard, as `jstack` would print them. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../format/count.ts'
import { fetchThreadDump } from '../../server/heap-lists.ts'
import { copyText } from '../../widgets/copy-link.tsx'
import { useSay } from '../../widgets/notice.tsx'
import { errorSentence } from '../../widgets/states.tsx'

export function CopyThreadDump({ artifactId }: { artifactId: string }) {
  const { t } = useTranslation()
  const say = useSay()
  const copy = useMutation({
    mutationFn: async () => {
      const { text, threads, omitted } = await fetchThreadDump(artifactId)
      await copyText(text)
      return { threads, omitted }
    },
    onSuccess({ threads, omitted }) {
      const words = { count: threads, formatted: formatCount(threads) }
      const left =
        omitted === 0 ? '' : ` ${t('threads.copyOmitted', { count: omitted, formatted: formatCount(omitted) })}`
      say(t('threads.copied', words) + left)
    },
    onError: (error) => say(errorSentence(t, error)),
  })
  return (
    <Button
      size="compact-xs"
      variant="default"
      title={t('threads.copyHint')}
      loading={copy.isPending}
      onClick={() => copy.mutate()}
    >
      {t('threads.copy')}
    </Button>
  )
}
