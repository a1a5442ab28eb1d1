/** Chinese sentences about Netty's pools. */
import type { HeapFindingOf, NettyPool, PoolMemory } from '../heap-findings.ts'
import type { HeapFindingCatalogue } from './catalogue.ts'
import { count } from './figures.ts'
import { bytes, chineseSentences as sentences, fieldName, full, share, short } from './heap-words.ts'

export function fullHeap({ fullness }: { readonly fullness: number | null }): string {
  return fullness !== null && fullness >= 85 ? `堆已用 ${share(fullness)}。` : ''
}

export function nettyLeak({ parameters }: HeapFindingOf<'netty-leak'>): ReturnType<HeapFindingCatalogue['netty-leak']> {
  const { culprit, of: kind, allocator, arenas } = parameters
  const memory = parameters[kind]
  const own = arenas.filter((arena) => arena.direct === (kind === 'direct'))
  const arenaName = short(own[0]?.object.className ?? 'PoolArena')
  const part = kind === 'heap' ? `，是堆的 ${share(parameters.share)}` : '直接内存'
  const holder =
    culprit === null
      ? ''
      : `，由 ${full(culprit.className)} 的${culprit.static ? '静态字段' : '字段'} \`${culprit.field}\` 持有${culprit.own ? '，这是您代码中的第一个持有者' : ''}`
  return {
    title: `Netty 缓冲区没有释放：${culprit === null ? short(allocator.className) : `\`${fieldName(culprit)}\``} 中丢失了 ${bytes(memory.lost)}`,
    explanation: sentences(
      `${count(memory.arenasInUse)} 个 ${arenaName} 占用 ${bytes(memory.bytes)}${part}。它们属于同一个 ${short(allocator.className)}${holder}。`,
      `${count(memory.chunks)} 个 chunk（每个 ${bytes(memory.chunkSize)}）中已分出 ${bytes(memory.taken)}：${ownersOf(memory)}。`,
      `${memory.cached + memory.live === 0 ? '它们全都' : `其余 ${bytes(memory.lost)} `}属于没有释放就消失的缓冲区：再也没有人能归还。`,
      fullHeap(parameters),
    ),
    freed: kind === 'heap' ? `如果每个缓冲区都被释放，${bytes(memory.lost)} 可以重新使用。` : '',
    nextStep: `谁从 ${culprit === null ? '这个分配器' : `\`${fieldName(culprit)}\``} 取得缓冲区，谁就必须调用 \`release()\`，放在 finally 中，抛出异常时也要执行。用 \`-Dio.netty.leakDetection.level=paranoid\` 运行：Netty 会记录丢失的缓冲区最后在哪里使用过。`,
    against: '被占用却没有任何缓冲区对象对应的内存不可能在使用中：几乎没有反面的理由。',
  }
}

export function poolFigures(parameters: HeapFindingOf<'netty-pool'>['parameters']): string {
  const memory = parameters[parameters.of]
  const part =
    parameters.of === 'heap'
      ? `共 ${bytes(memory.bytes)}，占堆的 ${share(parameters.share)}`
      : `共 ${bytes(memory.bytes)} 直接内存`
  const owners = [
    memory.cached > 0 ? `${bytes(memory.cached)} 在线程缓存中` : '',
    memory.live > 0 ? `${bytes(memory.live)} 在 ${count(memory.liveBuffers)} 个使用中的缓冲区里` : '',
    memory.lost > 0 ? `${bytes(memory.lost)} 没有主人` : '',
  ].filter((owner) => owner !== '')
  return sentences(
    `${poolName(parameters)}在 ${count(memory.arenasInUse)} 个 arena 中有 ${count(memory.chunks)} 个 chunk，${part}。`,
    memory.taken === 0 ? '全部空闲。' : `其中已分出 ${bytes(memory.taken)}：${owners.join('，')}。`,
  )
}

function poolName({ allocator, culprit }: NettyPool): string {
  const held =
    culprit === null
      ? ''
      : `（由 ${full(culprit.className)} 的${culprit.static ? '静态字段' : '字段'} \`${culprit.field}\` 持有）`
  return `${short(allocator.className)}${held}`
}

function ownersOf({ cached, live, liveBuffers }: PoolMemory): string {
  if (cached + live === 0) return '没有一点在线程缓存或仍在使用的缓冲区里'
  return `${bytes(cached)} 在线程缓存中，${bytes(live)} 在 ${count(liveBuffers)} 个仍在使用的缓冲区里`
}
