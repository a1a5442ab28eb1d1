/** Which references count on a path. */
import { Checkbox, Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ReferenceStrength } from '@heaptrail/api/heap'
import styles from './paths-view.module.css'

const EVERY = ReferenceStrength.options

interface ExcludeChoiceProps {
  readonly exclude: readonly ReferenceStrength[]
  readonly onChange: (exclude: readonly ReferenceStrength[]) => void
}

export function ExcludeChoice({ exclude, onChange }: ExcludeChoiceProps) {
  const { t } = useTranslation()
  const choice = choiceOf(exclude)
  return (
    <div className={styles['choice']}>
      <div role="radiogroup" aria-label={t('paths.references')} className={styles['group']}>
        <span aria-hidden>{t('paths.references')}</span>
        <Radio
          size="xs"
          name="references"
          label={t('paths.everyReference')}
          checked={choice === 'all'}
          onChange={() => onChange([])}
        />
        <Radio
          size="xs"
          name="references"
          label={t('paths.onlyStrong')}
          checked={choice === 'strong'}
          onChange={() => onChange(EVERY)}
        />
      </div>
      <div role="group" aria-label={t('paths.leaveOut')} className={styles['group']}>
        <span aria-hidden>{t('paths.leaveOut')}</span>
        {EVERY.map((strength) => (
          <Checkbox
            key={strength}
            size="xs"
            label={t(`strength.${strength}`)}
            checked={exclude.includes(strength)}
            onChange={(event) => {
              const checked = event.currentTarget.checked
              // In the order of the codec, so that equal choices have equal links.
              onChange(EVERY.filter((name) => (name === strength ? checked : exclude.includes(name))))
            }}
          />
        ))}
      </div>
    </div>
  )
}

function choiceOf(exclude: readonly ReferenceStrength[]): 'all' | 'strong' | 'own' {
  if (exclude.length === 0) return 'all'
  return exclude.length === EVERY.length ? 'strong' : 'own'
}
