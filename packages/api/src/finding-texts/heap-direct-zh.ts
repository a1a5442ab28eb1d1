/** Chinese sentences about memory outside the heap. */
import type { HeapFindingOf } from '../heap-findings.ts'
import type { HeapFindingCatalogue } from './catalogue.ts'
import { count } from './figures.ts'
import { bytes, fieldName, full, chineseSentences as sentences, share } from './heap-words.ts'

export function directText({
  parameters,
}: HeapFindingOf<'direct-memory'>): ReturnType<HeapFindingCatalogue['direct-memory']> {
  const { used, limit, buffers, culprit, asked, held } = parameters
  const part = limit === null ? '' : `，是上限 ${bytes(limit)} 的 ${share((100 * used) / limit)}`
  const kind = culprit?.static === true ? '静态字段' : '字段'
  return {
    title: `直接缓冲区在堆外占用 ${bytes(used)}${culprit === null ? '' : `，大部分由 \`${fieldName(culprit)}\` 持有`}`,
    explanation: sentences(
      `JDK 的 ${count(buffers)} 个直接缓冲区在堆外占用 ${bytes(used)}${part}。`,
      culprit === null
        ? ''
        : `其中最大的 ${count(asked)} 个里，有 ${count(held)} 个由 ${full(culprit.className)} 的${kind} \`${culprit.field}\` 持有${culprit.own ? '，这是您代码中的第一个持有者' : ''}。`,
      '它们在堆上很小：其他视图中的大小不包括这部分内存。',
    ),
    freed: '',
    nextStep:
      culprit === null
        ? '查看是什么持有 `java.nio.DirectByteBuffer` 对象：对象被回收时，它的内存才会释放。'
        : `查看 \`${fieldName(culprit)}\` 在哪里放开缓冲区：对象被回收时，它的内存才会释放。`,
    against: '如果这些缓冲区被反复使用，那它们是一个池，这就是它的正常大小。',
  }
}
