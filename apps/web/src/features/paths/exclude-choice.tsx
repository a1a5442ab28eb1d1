/** Which references count on a path: all, all but weak ones, or all but those that somebody names. */
import { Button, Checkbox, CloseButton, Radio, TextInput } from '@mantine/core'
import { PathExclusion, ReferenceStrength } from '@heaptrail/api/heap'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './paths-view.module.css'

const EVERY = ReferenceStrength.options

export interface Exclusions {
  readonly exclude: readonly ReferenceStrength[]
  readonly without: readonly PathExclusion[]
}

interface ExcludeChoiceProps extends Exclusions {
  readonly onChange: (exclusions: Exclusions) => void
}

export function ExcludeChoice({ exclude, without, onChange }: ExcludeChoiceProps) {
  const { t } = useTranslation()
  /** Somebody wants to name some, and has not yet. */
  const [isNaming, setIsNaming] = useState(false)
  const choice = isNaming ? 'own' : choiceOf({ exclude, without })
  const choose = (wanted: typeof choice) => () => {
    setIsNaming(wanted === 'own')
    if (wanted !== 'own') onChange({ exclude: wanted === 'all' ? [] : EVERY, without: [] })
  }
  return (
    <div className={styles['choice']}>
      <div role="radiogroup" aria-label={t('paths.references')} className={styles['group']}>
        <span aria-hidden>{t('paths.references')}</span>
        <Radio {...radio} label={t('paths.everyReference')} checked={choice === 'all'} onChange={choose('all')} />
        <Radio {...radio} label={t('paths.onlyStrong')} checked={choice === 'strong'} onChange={choose('strong')} />
        <Radio {...radio} label={t('paths.ownExclusions')} checked={choice === 'own'} onChange={choose('own')} />
      </div>
      {choice === 'own' && (
        <>
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
                  const named = EVERY.filter((name) => (name === strength ? checked : exclude.includes(name)))
                  onChange({ exclude: named, without })
                }}
              />
            ))}
          </div>
          <NamedExclusions without={without} onChange={(named) => onChange({ exclude, without: named })} />
        </>
      )}
    </div>
  )
}

const radio = { size: 'xs', name: 'references' } as const

interface NamedExclusionsProps {
  readonly without: readonly PathExclusion[]
  readonly onChange: (without: readonly PathExclusion[]) => void
}

/** `Class#field`, typed one after the other. */
function NamedExclusions({ without, onChange }: NamedExclusionsProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const typed = PathExclusion.safeParse(words.trim())
  const isWrong = words.trim() !== '' && !typed.success
  function add(event: FormEvent) {
    event.preventDefault()
    if (!typed.success) return
    if (!without.includes(typed.data)) onChange([...without, typed.data])
    setWords('')
  }
  return (
    <div className={styles['group']}>
      {without.map((named) => (
        <span key={named} className={styles['named']}>
          {named}
          <CloseButton
            size="xs"
            aria-label={t('paths.removeExclusion', { named })}
            onClick={() => onChange(without.filter((other) => other !== named))}
          />
        </span>
      ))}
      <form onSubmit={add} className={styles['add']}>
        <TextInput
          size="xs"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          aria-label={t('paths.nameExclusion')}
          placeholder="com.acme.Cache#entries"
          error={isWrong ? t('paths.wrongExclusion') : undefined}
          className={styles['words']}
        />
        <Button type="submit" size="compact-xs" variant="default" disabled={!typed.success}>
          {t('paths.addExclusion')}
        </Button>
      </form>
    </div>
  )
}

function choiceOf({ exclude, without }: Exclusions): 'all' | 'strong' | 'own' {
  if (without.length > 0) return 'own'
  if (exclude.length === 0) return 'all'
  return exclude.length === EVERY.length ? 'strong' : 'own'
}
