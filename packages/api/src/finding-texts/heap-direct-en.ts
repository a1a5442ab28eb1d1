/** English sentences about memory outside the heap. */
import type { HeapFindingOf } from '../heap-findings.ts'
import type { HeapFindingCatalogue } from './catalogue.ts'
import { count, plural } from './figures.ts'
import { bytes, fieldName, full, sentences, share } from './heap-words.ts'

export function directText({
  parameters,
}: HeapFindingOf<'direct-memory'>): ReturnType<HeapFindingCatalogue['direct-memory']> {
  const { used, limit, buffers, culprit, asked, held } = parameters
  const part = limit === null ? '' : `, ${share((100 * used) / limit)} of the ${bytes(limit)} that are allowed`
  const kind = culprit?.static === true ? 'static field' : 'field'
  return {
    title: `${bytes(used)} outside the heap in direct buffers${culprit === null ? '' : `, most through \`${fieldName(culprit)}\``}`,
    explanation: sentences(
      `${plural(buffers, 'direct buffer')} of the JDK own ${bytes(used)} of memory outside the heap${part}.`,
      culprit === null
        ? ''
        : `Of the ${count(asked)} largest, ${count(held)} are held through the ${kind} \`${culprit.field}\` of ${full(culprit.className)}${culprit.own ? ', the first holder in your code' : ''}.`,
      'On the heap they are tiny: sizes in the other views do not count this memory.',
    ),
    freed: '',
    nextStep:
      culprit === null
        ? 'Look at who holds the objects of `java.nio.DirectByteBuffer`: the memory of each is freed when the object is collected.'
        : `Look for where \`${fieldName(culprit)}\` lets buffers go: the memory of each is freed when its object is collected.`,
    against: 'Buffers that are used again and again are a pool: then this is its normal size.',
  }
}
