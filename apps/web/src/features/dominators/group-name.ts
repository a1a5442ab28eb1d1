/** What a group of the first level is called. */
import type { TreeGrouping } from '@heaptrail/api/heap'
import type { DominatorGroup } from '@heaptrail/api/heap-tree'
import type { TFunction } from 'i18next'
import { splitClassName } from '../../format/class-name.ts'
import { quote } from '../../format/object-text.ts'

const BOOT_LOADER = '0x0'

export function groupName(
  t: TFunction,
  grouping: TreeGrouping | undefined,
  { key, name, label }: Pick<DominatorGroup, 'key' | 'name' | 'label'>,
): string {
  if (grouping === 'package') return name === '' ? t('tree.noPackage') : name
  if (grouping !== 'loader') return name
  if (key === BOOT_LOADER) return t('object.bootLoader')
  const kind = splitClassName(name).simpleName
  return label.kind === 'class-loader' && label.name !== '' ? `${kind} ${quote(label.name)}` : `${kind} ${key}`
}
