/** Chinese sentences about what keeps a collection from growing without end. */
import type { Bound } from '../heap-findings.ts'
import { count } from './figures.ts'

export function boundText(bound: Bound | null): string {
  switch (bound?.kind) {
    case undefined:
      return ''
    case 'limit':
      return `它的上限是 \`${bound.field}\` = ${count(bound.limit)}，现有 ${count(bound.size)} 个。`
    case 'capacity':
      return `它的容量是 ${count(bound.limit)}，现有 ${count(bound.size)} 个。`
    case 'measured':
      return `它的上限是 \`${bound.field}\` = ${count(bound.limit)}，旁边的 \`${bound.measure}\` 表明已用 ${count(bound.used)}。`
    case 'ring':
      return `它是一个有 ${count(bound.limit)} 个位置、循环使用的数组。`
    case 'evicts':
      return bound.byAccess
        ? '它是按访问顺序排列的 LinkedHashMap，缓存用这种方式淘汰最久未使用的元素。'
        : '它的类继承自 LinkedHashMap，缓存用这种方式淘汰最老的元素。'
    case 'expires':
      return `它的元素会过期：设置了 \`${bound.field}\`。`
    case 'immutable':
      return '它的类型在创建之后不能修改。'
  }
}
