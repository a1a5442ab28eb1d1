/** English sentences about Netty's pools. */
import type { HeapFindingOf, NettyPool, PoolMemory } from '../heap-findings.ts'
import type { HeapFindingCatalogue } from './catalogue.ts'
import { count, plural } from './figures.ts'
import { bytes, fieldName, full, sentences, share, short } from './heap-words.ts'

export function fullHeap({ fullness }: { readonly fullness: number | null }): string {
  if (fullness === null) return ''
  return fullness >= 85 ? `The heap was ${share(fullness)} full.` : ''
}

export function nettyLeak({ parameters }: HeapFindingOf<'netty-leak'>): ReturnType<HeapFindingCatalogue['netty-leak']> {
  const { culprit, of: kind, allocator, arenas } = parameters
  const memory = parameters[kind]
  const own = arenas.filter((arena) => arena.direct === (kind === 'direct'))
  const arenaName = short(own[0]?.object.className ?? 'PoolArena')
  const part = kind === 'heap' ? `, ${share(parameters.share)} of the heap` : ' of direct memory'
  const holder =
    culprit === null
      ? ''
      : `, held by the ${culprit.static ? 'static field' : 'field'} \`${culprit.field}\` of ${full(culprit.className)}${culprit.own ? ', the first holder in your code' : ''}`
  return {
    title: `Netty buffers are never released: ${bytes(memory.lost)} lost in ${culprit === null ? short(allocator.className) : `\`${fieldName(culprit)}\``}`,
    explanation: sentences(
      `${count(memory.arenasInUse)} ${arenaName} hold ${bytes(memory.bytes)}${part}. They belong to one ${short(allocator.className)}${holder}.`,
      `Of their ${plural(memory.chunks, 'chunk')} of ${bytes(memory.chunkSize)}, ${bytes(memory.taken)} are given out: ${ownersOf(memory)}.`,
      `${memory.cached + memory.live === 0 ? 'All of it belonged' : `The other ${bytes(memory.lost)} belonged`} to buffers that are gone without having been released: nobody can give them back.`,
      fullHeap(parameters),
    ),
    freed: kind === 'heap' ? `With every buffer released, ${bytes(memory.lost)} could be used again.` : '',
    nextStep: `Whoever takes a buffer from ${culprit === null ? 'this allocator' : `\`${fieldName(culprit)}\``} has to call \`release()\`, in a finally block, also when an exception is thrown. Run with \`-Dio.netty.leakDetection.level=paranoid\`: Netty then logs where lost buffers were last used.`,
    against: 'Memory that is taken without any buffer object left cannot be in use: little speaks against it.',
  }
}

export function poolFigures(parameters: HeapFindingOf<'netty-pool'>['parameters']): string {
  const memory = parameters[parameters.of]
  const part = parameters.of === 'heap' ? ` or ${share(parameters.share)} of the heap` : ' of direct memory'
  const owners = [
    memory.cached > 0 ? `${bytes(memory.cached)} wait in thread caches` : '',
    memory.live > 0 ? `${bytes(memory.live)} are in ${plural(memory.liveBuffers, 'live buffer')}` : '',
    memory.lost > 0 ? `${bytes(memory.lost)} have no owner` : '',
  ].filter((owner) => owner !== '')
  return sentences(
    `${poolName(parameters)} has ${plural(memory.chunks, 'chunk')} in ${plural(memory.arenasInUse, 'arena')}, ${bytes(memory.bytes)}${part}.`,
    memory.taken === 0
      ? 'None of that is given out.'
      : `Of that ${bytes(memory.taken)} are given out: ${owners.join(', ')}.`,
  )
}

function poolName({ allocator, culprit }: NettyPool): string {
  const held =
    culprit === null
      ? ''
      : `, held by the ${culprit.static ? 'static field' : 'field'} \`${culprit.field}\` of ${full(culprit.className)},`
  return `The ${short(allocator.className)}${held}`
}

function ownersOf({ cached, live, liveBuffers }: PoolMemory): string {
  if (cached + live === 0) return 'nothing of it to a thread cache or to a buffer that is still in use'
  const buffers = liveBuffers === 1 ? 'the one buffer that is' : `${count(liveBuffers)} buffers that are`
  return `${bytes(cached)} to thread caches, ${bytes(live)} to ${buffers} still in use`
}
