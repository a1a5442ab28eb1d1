/** Chinese sentences of heap findings. */
import type { Holder, InnocentReason } from '../heap-findings.ts'
import type { HeapFindingCatalogue } from './catalogue.ts'
import { count } from './figures.ts'
import { boundText } from './heap-bounds-zh.ts'
import { directText } from './heap-direct-zh.ts'
import { fullHeap, nettyLeak, poolFigures } from './heap-netty-zh.ts'
import {
  bytes,
  carried,
  chineseSentences as sentences,
  fieldName,
  full,
  grown,
  isHolder,
  isOneThing,
  isSame,
  isScattered,
  itemCount,
  keeperOf,
  share,
  short,
} from './heap-words.ts'

export const HEAP_ZH: HeapFindingCatalogue = {
  'leak-suspect': ({ parameters }) => ({
    title: isOneThing(parameters)
      ? `${placeOf(parameters)} 中的一个 ${short(grown(parameters))} 占用 ${bytes(parameters.retained)}：占堆的 ${share(parameters.share)}`
      : `${gathered(parameters)}堆积在 ${placeOf(parameters)} 中：占堆的 ${share(parameters.share)}`,
    explanation: sentences(holds(parameters), keptBy(parameters), carries(parameters), fullHeap(parameters)),
    freed: freedText(parameters),
    nextStep: lookFor(parameters),
    against: sentences(ONE_DUMP, sharedItems(parameters)),
  }),
  'queue-backlog': ({ parameters }) => ({
    title: `${gathered(parameters)}在队列中等待：占堆的 ${share(parameters.share)}`,
    explanation: sentences(
      holds(parameters),
      '队列没有上限：放入的比取出的多。',
      keptBy(parameters),
      carries(parameters),
      fullHeap(parameters),
    ),
    freed: freedText(parameters),
    nextStep: '检查谁在消费这个队列：是慢、被阻塞，还是已经不在了？给队列设置容量，让生产者感受到压力。',
    against: '如果只是短时突发并能及时处理完，就不是问题：再取一份转储，看队列是否变短。',
  }),
  'thread-local-suspect': ({ parameters }) => ({
    title: `线程局部变量在长期存活的线程中保留了 ${bytes(parameters.retained)}${named(parameters.threadLocal)}`,
    explanation: sentences(
      `${gathered(parameters)}占用 ${bytes(parameters.retained)}（堆的 ${share(parameters.share)}），是${
        parameters.threadLocal === null ? '某个 ThreadLocal' : ` ThreadLocal \`${parameters.threadLocal}\` `
      }的值。`,
      '线程池里的线程不会结束，任务结束后没有移除的值会一直留下。',
      onStack(parameters),
      carries(parameters),
    ),
    freed: freedText(parameters),
    nextStep: `任务结束时，在 finally 中对 ${parameters.threadLocal === null ? '这个 ThreadLocal' : `\`${parameters.threadLocal}\``} 调用 \`remove()\`。`,
    against: '如果每个任务都要用到并重复使用这个对象，那它是每线程一份的缓冲区，而不是泄漏。',
  }),
  'class-loader-suspect': ({ parameters }) => ({
    title: `${count(parameters.items?.loaders ?? 0)} 个类加载器没有被回收，每个都有自己的 ${short(parameters.items?.className ?? '')}`,
    explanation: sentences(
      `有 ${count(parameters.items?.loaders ?? 0)} 个类都叫 ${full(parameters.items?.className ?? '')}，却各由一个类加载器加载。属于它们的内容占用 ${bytes(parameters.retained)}，是堆的 ${share(parameters.share)}。`,
      keptBy(parameters, '其中一个'),
      '只要某个类还有一个对象存活，它的类加载器以及其中所有的类和静态字段都会留下。',
    ),
    freed: freedText(parameters),
    nextStep:
      parameters.culprit === null
        ? '沿引用路径查看是什么持有第一个对象。'
        : `卸载插件或重新部署时，从 \`${fieldName(parameters.culprit)}\` 中移除属于它的对象。`,
    against: '如果这些插件都在使用，那么每个都需要自己的类加载器。',
  }),
  'finalizer-backlog': ({ parameters }) => ({
    title: `${gathered(parameters)}在等待执行 finalize()`,
    explanation: `${itemCount(parameters, atLeast)} 个 ${full(parameters.items?.className ?? '')} 对象只被 \`java.lang.ref.Finalizer\` 持有：${bytes(parameters.retained)}，占堆的 ${share(parameters.share)}。程序已不再使用它们，但它们的 \`finalize()\` 还没有执行。`,
    freed: freedText(parameters),
    nextStep:
      '查看线程 "Finalizer" 的栈：它逐个执行 `finalize()`，其中一个阻塞，其余都要等待。用 `close()` 和 Cleaner 代替 `finalize()`。',
    against: '短时间内产生大量这类对象之后，队列会暂时变长。',
  }),
  'thread-holds-heap': ({ parameters }) => ({
    title: `一个线程的工作占满了堆：${threadName(parameters)}`,
    explanation: sentences(holds(parameters), onStack(parameters), fullHeap(parameters)),
    freed: freedText(parameters),
    nextStep: '查看它的栈：这个请求、查询或批处理是否过大？分批处理。',
    against: '这项工作结束后内存就会释放：这不是泄漏，但对它来说堆太小了。',
  }),
  'thread-pile-up': ({ parameters }) => ({
    title: `${count(parameters.workers)} 个线程在等待，占用堆的 ${share(parameters.share)}`,
    explanation: sentences(
      `${count(parameters.workers)} 个线程正在等待，它们的局部变量持有 ${bytes(parameters.retained)}（堆的 ${share(parameters.share)}）${parameters.items === null ? '' : `，主要是 ${short(parameters.items.className)}`}。`,
      waitingAt(parameters),
      fullHeap(parameters),
    ),
    freed: `这些线程继续执行或结束后，将释放 ${bytes(parameters.retained)}。`,
    nextStep: '查看这些线程在等待什么：锁、连接池，还是另一个服务的响应？限制同时处理的请求数量。',
    against: '如果只是短时突发并能及时处理完，就不是问题：再取一份转储，看是否还是这些线程。',
  }),
  'direct-memory': (finding) => directText(finding),
  'netty-leak': (finding) => nettyLeak(finding),
  'netty-pool': ({ parameters }) => ({
    title: 'Netty：内存池大小正常',
    explanation: poolFigures(parameters),
    freed: '',
    nextStep: '无需处理。如果对这个堆来说内存池太大，可以减小 maxOrder，使 chunk 变小。',
    against: '内存池会为每个用过的 arena 至少保留一个 chunk，不论是否为空。',
  }),
  'working-set': ({ parameters }) => ({
    title: `${workers(parameters)} 的工作集：${bytes(parameters.retained)}`,
    explanation: sentences(holds(parameters), onStack(parameters)),
    freed: '',
    nextStep: '无需处理，除非这个线程不该做这件事。',
    against: '它由正在工作的线程的局部变量持有，工作完成后就会释放。',
  }),
  'bounded-holder': ({ parameters }) => ({
    title: `有上限：${gathered(parameters)}在 ${placeOf(parameters)} 中`,
    explanation: sentences(holds(parameters), keptBy(parameters), boundText(parameters.bound)),
    freed: '',
    nextStep: '如果本来就打算给它这么多内存，无需处理；否则降低上限。',
    against: '它不会无限增长。',
  }),
  'large-holder': ({ parameters }) => ({
    title: `很大，但不可疑：${placeOf(parameters)} 中的 ${bytes(parameters.retained)}`,
    explanation: sentences(holds(parameters), keptBy(parameters)),
    freed: '',
    nextStep: '如果预期更小，请与第二份转储比较。',
    against: INNOCENT[parameters.reason],
  }),
  'no-suspect': ({ parameters: { usedHeap, fullness } }) => ({
    title: '这份转储中没有泄漏嫌疑',
    explanation: sentences(
      `在已使用的 ${bytes(usedHeap)} 中，没有可能无限增长的对象占据明显的部分。`,
      fullness === null ? '' : `这是堆上限的 ${share(fullness)}。`,
    ),
    freed: '',
    nextStep: '如果仍怀疑内存有问题，请在堆更满时再取一份转储，并比较两者。',
    against: '',
  }),
}

const ONE_DUMP = '一份转储只能说明它存在，不能说明它在增长：程序也许需要它。稍后再取一份转储进行比较即可知道。'

const INNOCENT: Readonly<Record<InnocentReason, string>> = {
  pool: '这是放在队列或数组中的少量同样大小的缓冲区，与池一样。',
  'softly-held': '只有软引用或弱引用持有它：内存耗尽之前 JVM 会释放它。',
  'thread-buffers': '每个线程一个缓冲区，由线程反复使用。',
  fixed: '这是一个数组，或少数几个大数组：数组不会增长。',
  spread: '它由许多类的许多小对象组成，其中没有堆积。',
  shared: '程序的多个结构持有同样的对象：这是使用中的数据。',
  small: '对象太少或内存太少，只要堆还没有满，就谈不上泄漏。',
  library: '它在库的内部增长，不在您代码的集合中，也没有大到像是库的泄漏。',
}

function atLeast(figure: string): string {
  return `至少 ${figure}`
}

function gathered(holder: Holder): string {
  if (holder.items === null) return `${count(holder.holderCount)} 个 ${short(holder.holder.className)} `
  return `${itemCount(holder, atLeast)} 个 ${short(holder.items.className)} `
}

function placeOf(of: Holder): string {
  const { growsThrough, collection, holder, culprit, threadLocal, items } = of
  if (items !== null && isScattered(of)) return short(items.className)
  if (threadLocal !== null) return `ThreadLocal \`${threadLocal}\``
  if (growsThrough !== null && collection !== null) return `\`${fieldName(growsThrough)}\``
  if (culprit !== null) return `\`${fieldName(culprit)}\``
  if (collection !== null) return `一个 ${short(collection.object.className)}`
  return holder.label.kind === 'class' ? `${full(holder.label.name)} 的静态字段` : short(holder.className)
}

function holds(holder: Holder): string {
  const { collection, holderCount, shape, retained } = holder
  const amount = `占用 ${bytes(retained)}，是堆的 ${share(holder.share)}。`
  if (isScattered(holder)) return `${gathered(holder)}${amount}程序的多个结构持有它们。`
  if (collection !== null && isHolder(holder)) {
    const entries = collection.size === null ? '' : `有 ${count(collection.size)} 个元素的 `
    return `一个${entries === '' ? ' ' : entries}${short(collection.object.className)} ${amount}`
  }
  if (shape === 'structure')
    return `相互引用的 ${full(holder.nodes ?? holder.items?.className ?? holder.holder.className)} 对象${amount}`
  if (holderCount > 1) return `${count(holderCount)} 个 ${short(holder.holder.className)} ${amount}`
  const name =
    holder.holder.label.kind === 'class'
      ? `类 ${full(holder.holder.label.name)}`
      : `一个 ${short(holder.holder.className)}`
  return `${name} ${amount}`
}

function keptBy(holder: Holder, it = '它'): string {
  const { growsThrough, culprit, collection } = holder
  const shown = collection === null ? culprit : (growsThrough ?? culprit)
  if (shown === null) return onStack(holder, it)
  const first = shown.own ? '，这是您代码中的第一个持有者' : ''
  const held = holder.holderCount > 1 || holder.shape === 'structure' ? '它们持有的内容在' : '它持有的内容在'
  const stands = isHolder(holder) ? '它在' : held
  const told = collection === null ? `持有${it}的是` : stands
  const verb = isScattered(holder) ? '例如其中一个在' : told
  const place = `${verb} ${full(shown.className)} 的${shown.static ? '静态字段' : '字段'} \`${shown.field}\`${collection === null ? '' : ' 中'}${first}`
  const culpritText =
    culprit !== null && !isSame(culprit, shown) && culprit.own
      ? `您代码中的第一个持有者是 ${full(culprit.className)} 的${culprit.static ? '静态字段' : '字段'} \`${culprit.field}\`。`
      : ''
  const keeper = keeperOf(holder)
  const above = keeper === undefined ? '' : `，由 ${full(keeper.className)} 的静态字段 \`${keeper.field}\` 保持存活`
  return `${place}${above}。${culpritText}${holder.thread === null ? '' : onStack(holder, it)}`
}

function onStack({ thread, threads, kept }: Holder, it = '它'): string {
  if (thread === null) return ''
  const name = thread.object.label.kind === 'thread' ? `线程 "${thread.object.label.name}" ` : '一个线程'
  const others = threads > 1 ? `另外 ${count(threads - 1)} 个线程也能到达它。` : ''
  if (kept === 'thread-local') return `例如${name}就有一个。`
  if (kept === 'thread') return `${it}由${name}保持存活。${others}`
  const frame = thread.frame === null ? '' : `（\`${thread.frame}\`）`
  return `${name}的局部变量${frame}持有它。${others}`
}

function waitingAt({ thread }: Holder): string {
  if (thread === null || thread.object.label.kind !== 'thread') return ''
  const at = thread.frame === null ? '' : `停在 \`${thread.frame}\``
  const { name } = thread.object.label
  if (name === '') return at === '' ? '' : `其中之一${at}。`
  return `其中之一是 "${name}"${at === '' ? '' : `，${at}`}。`
}

function carries(holder: Holder): string {
  const chain = carried(holder)
  return chain.length === 0 || holder.items === null
    ? ''
    : `每个 ${short(holder.items.className)} 持有的主要是 ${chain.join(' → ')}。`
}

function sharedItems({ exclusive, fullness }: Holder): string {
  const roomy = fullness !== null && fullness < 50 ? `堆只用了 ${share(fullness)}。` : ''
  return sentences(exclusive ? '' : '程序的其他结构也持有同样的对象。', roomy)
}

function freedText({ retained, exclusive }: Holder): string {
  return exclusive
    ? `没有它，将释放 ${bytes(retained)}。`
    : `如果持有这些对象的结构都放手，将释放 ${bytes(retained)}；只清空这个集合不会释放它们。`
}

function lookFor({ growsThrough, culprit }: Holder): string {
  const field = growsThrough?.own === true ? growsThrough : (culprit ?? growsThrough)
  if (field === null) return '沿引用路径查看是什么持有它，并在程序中查找只添加、不移除的地方。'
  return `在 ${full(field.className)} 中查看哪些对象经 \`${field.field}\` 放入，是否有地方移除或限制它们。`
}

function named(threadLocal: string | null): string {
  return threadLocal === null ? '' : `：\`${threadLocal}\``
}

function threadName({ thread }: Holder): string {
  return thread?.object.label.kind === 'thread' ? `"${thread.object.label.name}"` : '一个线程'
}

function workers(holder: Holder): string {
  return holder.workers > 1 ? `${count(holder.workers)} 个线程` : threadName(holder)
}
