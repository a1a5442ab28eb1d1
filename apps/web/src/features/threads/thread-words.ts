/** What a thread does, in words. */
import type { TFunction } from 'i18next'
import type { ThreadRow } from '@heaptrail/api/heap-threads'
import { splitClassName } from '../../format/class-name.ts'

/** `WAITING, parked` */
export function stateText(t: TFunction, { state, wait }: Pick<ThreadRow, 'state' | 'wait'>): string {
  if (state === null) return t('threads.stateUnknown')
  return wait === null ? state : `${state}, ${t(`threads.wait.${wait}`)}`
}

/** Of the thread that owns the lock that it waits for. */
export function ownerName({ owner }: Pick<ThreadRow, 'owner'>): string | undefined {
  if (owner === null) return undefined
  return owner.label.kind === 'thread' && owner.label.name !== '' ? owner.label.name : owner.id
}

/** `acme.shop.Cart.add(Cart.java:17)` → `Cart` and `.add:17`, `java.lang.Thread.sleep(Native Method)` → `Thread` and `.sleep` */
export function shortFrame(frame: string): { readonly of: string; readonly method: string } {
  const { method = frame, line = '' } = /^(?<method>[^(]+)\((?:[^:)]*(?<line>:\d+))?/.exec(frame)?.groups ?? {}
  const dot = Math.max(0, method.lastIndexOf('.'))
  return { of: splitClassName(method.slice(0, dot)).simpleName, method: method.slice(dot) + line }
}
