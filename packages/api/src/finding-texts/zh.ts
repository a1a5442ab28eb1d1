/** Simplified Chinese. */
import type { FindingOf } from '../findings.ts'
import { count, duration, figure, percent, size, slopeUnit } from './figures.ts'
import type { FindingCatalogue } from './catalogue.ts'

export const ZH: FindingCatalogue = {
  'heap-exhausted': (finding) => ({
    title:
      finding.parameters.collector === 'generational' ? '堆已耗尽：Full GC 腾不出空间' : '堆已耗尽：并发周期腾不出空间',
    explanation: exhausted(finding),
    nextStep: finding.parameters.ongoing
      ? '请立即导出堆转储，查看是谁持有最大的保留大小（retained size）。'
      : '日志结束前这一状况已经结束。如果再次出现，请趁它还在时导出堆转储，查看是谁持有最大的保留大小（retained size）。',
  }),
  'leak-trend': ({ parameters, severity }) => ({
    title: '泄漏趋势：回收后仍存活的内存持续增长',
    explanation: leak(parameters),
    nextStep:
      severity === 'critical'
        ? '请在老年代占满之前立即导出堆转储，查看是谁持有最大的保留大小（retained size）。'
        : '请隔几次回收采集两份类直方图或堆转储，对比哪些类在增长。',
  }),
  'gc-overhead': ({ parameters: { share, seconds, collectionSeconds, shareOfAll, atLimitOfJvm } }) => ({
    title: `${percent(share)} 的时间花在垃圾回收上`,
    explanation: `在 ${duration(seconds, 'zh')}内，JVM 有 ${duration(collectionSeconds, 'zh')}在做回收；整份日志的占比为 ${percent(shareOfAll)}。${
      atLimitOfJvm
        ? '这已达到 JVM 自己放弃的界限：98 % 的时间用于回收而释放的堆不足 2 % 时，并行回收器会抛出 OutOfMemoryError。'
        : 'JVM 自己的界限是 98 % 的时间用于回收而释放的堆不足 2 %；用户会早得多地感觉到变慢。'
    }`,
    nextStep: '请看老年代是否接近占满（若是，用堆转储查找是谁占着它），还是程序的分配速度超出了新生代的承受能力。',
  }),
  'fast-promotion': ({ parameters }) => ({
    title: 'Young GC 把大量对象晋升到老年代',
    explanation: `每次 Young GC 使老年代占用增加 ${figure(parameters.perCollection)} 个百分点（中位数）${
      parameters.kbPerCollection === null ? '' : `，约 ${size(parameters.kbPerCollection)}`
    }。${
      parameters.survivorFull > 0
        ? `其中 ${count(parameters.survivorFull)} 次之后 Survivor 区是满的：放不下的对象会被提前晋升。`
        : ''
    }日志中共有 ${count(parameters.youngCollections)} 次 Young GC 和 ${count(parameters.fullCollections)} 次 Full GC。`,
    nextStep: '可以尝试调大新生代或 Survivor 区，并查找生命周期很短的大数组和缓冲区。',
  }),
  'class-space-growth': ({ parameters: { space, unit, from, to, limit, fullCollections } }) => {
    const name = space === 'metaspace' ? '元空间' : '永久代'
    const show = unit === 'KB' ? size : percent
    return {
      title: space === 'metaspace' ? '元空间持续增长' : '永久代已满',
      explanation: `${name}从 ${show(from)} 变为 ${show(to)}${limit === null ? '' : `，上限为 ${show(limit)}`}。${
        fullCollections === 0 ? '' : `因此触发了 ${count(fullCollections)} 次 Full GC。`
      }`,
      nextStep: '请在堆转储中查找本该被卸载的类加载器，以及被反复生成的类。',
    }
  },
  'system-gc-storm': ({ parameters: { calls, fullCollections, seconds } }) => ({
    title: '程序自己在要求 Full GC：System.gc()',
    explanation: `${seconds === null ? '' : `在 ${duration(seconds, 'zh')}内，`}回收计数有 ${count(calls)} 次增加是由 System.gc() 引起的；日志中共有 ${count(fullCollections)} 次 Full GC。`,
    nextStep:
      '请找出是谁在调用 System.gc()（RMI、直接缓冲区和一些库都会），或使用 -XX:+ExplicitGCInvokesConcurrent 运行。',
  }),
  'old-filling': ({ parameters: { from, to, youngCollections, rows } }) => ({
    title: '老年代在填充，还看不出其中多少是垃圾',
    explanation: `在 ${count(rows)} 行、${count(youngCollections)} 次 Young GC 之间，它从 ${percent(from)} 升到 ${percent(to)}，期间一次也没有被回收。健康的程序也会这样：只有老年代回收之后剩下的部分才能说明是否泄漏。`,
    nextStep: '请一直记录到发生过几次 Full GC；`jmap -histo:live` 会强制执行一次，并显示哪些对象存活下来。',
  }),
  healthy: ({ parameters }) => ({
    title: '就这份日志来看是健康的',
    explanation: healthy(parameters),
    nextStep: '无需处理。如果仍然怀疑内存问题，请在有负载时记录更长的时间。',
  }),
  'too-short': ({ parameters: { rows, youngCollections, fullCollections, cycles, oldFirst, oldLast } }) => ({
    title: '日志太短，无法下结论',
    explanation: `日志共 ${count(rows)} 行，包含 ${count(youngCollections)} 次 Young GC、${count(fullCollections)} 次 Full GC${
      cycles === 0 ? '' : `和 ${count(cycles)} 次并发周期`
    }。${oldFirst === null || oldLast === null ? '' : `老年代从 ${percent(oldFirst)} 变为 ${percent(oldLast)}。`}这还不足以区分内存泄漏和正在启动的程序。`,
    nextStep: '请用 `jstat -gc -t PID 1s` 记录更长的时间：至少八次 Full GC，或几个小时。',
  }),
  'no-occupancy': ({ parameters: { option, collector, rows } }) => ({
    title: '这份日志没有显示老年代占用了多少',
    explanation:
      collector === 'zgc'
        ? `这是 ZGC 的日志，它的百分比是相对于当时已提交的内存：100 % 是正常的，从 -${option} 的 ${count(rows)} 行中得不出结论。`
        : `jstat -${option} 不输出老年代的占用；这 ${count(rows)} 行只说明大小和次数。`,
    nextStep: '请用 `jstat -gc -t PID 1s` 记录。',
  }),
  'histogram-contents': ({ parameters }) => ({
    title: `${parameters.className} 占全部字节的 ${percent(parameters.share)}`,
    explanation: contents(parameters),
    nextStep: `${
      parameters.counted === 'live' ? '' : '其中可能包含垃圾对象：`jmap -histo:live` 会将其排除。'
    }直方图不会说明是谁持有这些对象：请导出堆转储，或对比间隔一段时间的多份直方图。`,
  }),
  'classes-grow': ({ parameters }) => ({
    title: `${parameters.className} 在各份直方图之间持续增长`,
    explanation: grows(parameters),
    nextStep: parameters.live
      ? '请在堆转储中查看是谁持有该类的对象；先看与它一起增长的自有类。'
      : '其中一部分可能是垃圾：请用 `jmap -histo:live` 采集直方图后再对比。',
  }),
  'process-memory': ({ parameters }) => ({
    title: `进程 ${parameters.pid} 占用内存 ${size(parameters.residentBytes / 1024)}`,
    explanation: memory(parameters),
    nextStep:
      parameters.committedBytes === null
        ? '请采集该进程的 `jstat -gc` 或 `-gccapacity`，以区分堆与其余内存。'
        : '如果其余部分很大或在增长：JVM 以 -XX:NativeMemoryTracking=summary 运行时，`jcmd PID VM.native_memory` 会说明它是什么。',
  }),
  'gc-threads-busy': ({ parameters: { threads, cpuPercent, cpuOfAll } }) => ({
    title: '垃圾回收线程占用了大部分处理器时间',
    explanation: `${count(threads)} 个回收线程共使用了一个处理器的 ${figure(cpuPercent)} %，而全部线程共使用 ${figure(cpuOfAll)} %。`,
    nextStep: '请采集 `jstat -gcutil -t PID 1s`，查看它们在回收什么，以及是否释放了内存。',
  }),
  'no-clock': ({ parameters: { bytesKnown } }) => ({
    title: bytesKnown ? '没有时钟：速率按行给出' : '只有百分比，且没有时钟',
    explanation:
      '这些行没有时间。不能依靠 jstat 被要求的采样间隔，因为 JVM 陷入困境时 jstat 自己也会迟到；因此速率按每次回收或每行给出，而不是每秒。',
    nextStep: bytesKnown
      ? '加上 -t 记录即可得到每秒的速率。'
      : '用 `jstat -gc -t` 记录即可得到字节数和每秒的速率；也可以提供堆的大小（-Xmx）。',
  }),
}

export function repeatedZh(parts: number): string {
  return `在 JVM 重启隔开的 ${count(parts)} 段日志中都发现了同样的情况，这里描述的是最后一段。`
}

function exhausted({ parameters }: FindingOf<'heap-exhausted'>): string {
  const { collector, rows, fullCollections, fullSeconds, youngCollections, oldLow, oldHigh, eden, seconds } = parameters
  const full =
    eden !== null && eden >= 95
      ? `Eden 区和老年代都已占满（${percent(oldHigh)}）。`
      : `老年代已占满（${percent(oldHigh)}，始终不低于 ${percent(oldLow)}）。`
  const span = seconds === null ? `这份日志的 ${count(rows)} 行` : ` ${duration(seconds, 'zh')}（${count(rows)} 行）`
  if (collector !== 'generational')
    return `堆已占满（始终不低于 ${percent(oldLow)}）。在${span}内，JVM 完成了 ${count(fullCollections)} 个并发周期，却没有在任何一行看到内存被释放：它一直在回收，却腾不出空间。`
  const took = figure(Number(fullSeconds.toFixed(1)))
  const done =
    fullCollections === 1
      ? `JVM 完成了一次 Full GC，耗时 ${took} 秒，却什么也没有释放`
      : `JVM 完成了 ${count(fullCollections)} 次 Full GC，共耗时 ${took} 秒，却几乎什么也没有释放`
  const young = youngCollections === 0 ? '这些行中没有进行过 Young GC。' : ''
  return `${full}在${span}内，${done}：它一直在回收，却腾不出空间。${young}`
}

const AFTER = {
  'full-collections': ' Full GC ',
  'old-collections': '老年代回收',
  cycles: '并发周期',
} as const

function leak(parameters: FindingOf<'leak-trend'>['parameters']): string {
  const { after, points, from, to, perSecond, perRow, perCollection, capacityKb, confidence } = parameters
  const rise = `${count(points)} 个点显示，每次${AFTER[after]}之后老年代剩余的占用从 ${percent(from)} 升到 ${percent(to)}`
  const rates = [`每次回收 ${figure(perCollection)} 个百分点`]
  if (perSecond === null) rates.push(`每行 ${figure(perRow)} 个百分点`)
  else {
    const [seconds, , unit] = slopeUnit(perSecond)
    const bytes = capacityKb === null ? '' : `，即 ${size((perSecond * seconds * capacityKb) / 100)}`
    rates.push(`每${unit} ${figure(perSecond * seconds)} 个百分点${bytes}`)
  }
  return `${rise}：${rates.join('；')}（可信度：${confidence === 'high' ? '高' : '中等'}）。${untilFull(parameters)}`
}

function untilFull({ secondsToFull, collectionsToFull }: FindingOf<'leak-trend'>['parameters']): string {
  if (secondsToFull !== null) return `照此下去，老年代大约在 ${duration(secondsToFull, 'zh')}后占满。`
  if (collectionsToFull === null) return '从这份日志看不出离上限还有多远。'
  return `照此下去，老年代大约再经过 ${count(Math.ceil(collectionsToFull))} 次回收就会占满。`
}

const COLLECTOR_NOTE = {
  generational: '',
  shenandoah: '看起来是 Shenandoah：jstat 计作 Full GC 的是它的并发周期，这是正常的。',
  zgc: '看起来是 ZGC：它的百分比是相对于当时已提交的内存，100 % 是正常的。',
} as const

function healthy(parameters: FindingOf<'healthy'>['parameters']): string {
  const { collector, rows, youngCollections, fullCollections, cycles, floor, oldLast } = parameters
  const left = floor === null ? '' : `老年代回收之后，最低剩余 ${percent(floor)}。`
  const last = oldLast === null ? '' : `最后一行的老年代占用为 ${percent(oldLast)}。`
  const seen = [`${count(youngCollections)} 次 Young GC`, `${count(fullCollections)} 次 Full GC`]
  if (cycles > 0) seen.push(`${count(cycles)} 次并发周期`)
  return `在 ${count(rows)} 行中（${seen.join('、')}），没有任何迹象表明存在泄漏或堆已耗尽。${left}${last}${COLLECTOR_NOTE[collector]}`
}

function contents(parameters: FindingOf<'histogram-contents'>['parameters']): string {
  const { className, instances, bytes, totalBytes, own } = parameters
  const first = `${count(instances)} 个 ${className} 对象占 ${size(bytes / 1024)}（总计 ${size(totalBytes / 1024)}）。`
  if (own === null) return `${first}没有可以认定为自有代码的类。`
  return `${first}第一个很可能属于您自己代码的类是 ${own.className}：${count(own.instances)} 个对象，${size(own.bytes / 1024)}（不含其引用的对象）。`
}

function grows(parameters: FindingOf<'classes-grow'>['parameters']): string {
  const { histograms, instances, bytes, bytesPerHour, share, steady, together } = parameters
  const rate = bytesPerHour === null ? '' : `，每小时 ${size(bytesPerHour / 1024)}`
  const how = steady && histograms > 2 ? '，每一份都比前一份多' : ''
  const others = together.length === 0 ? '' : `同时增加了相应数量对象的类：${together.join('、')}。`
  return `在 ${count(histograms)} 份直方图中，对象数从 ${count(instances.from)} 增至 ${count(instances.to)}，大小从 ${size(bytes.from / 1024)} 增至 ${size(bytes.to / 1024)}${rate}${how}，占全部增长的 ${percent(share)}。${others}`
}

function memory(parameters: FindingOf<'process-memory'>['parameters']): string {
  const { residentBytes, committedBytes, cpuPercent } = parameters
  const cpu = cpuPercent === null ? '' : `它使用了一个处理器的 ${figure(cpuPercent)} %。`
  if (committedBytes === null) return `其中有多少是堆尚不清楚：百分比或单独的已用大小无法与它比较。${cpu}`
  const rest = residentBytes - committedBytes
  if (rest < 0) return `JVM 为堆提交了 ${size(committedBytes / 1024)}，其中一部分从未被访问过。${cpu}`
  return `其中 ${size(committedBytes / 1024)} 是为堆提交的；其余 ${size(rest / 1024)} 是元空间、代码、线程和直接内存。${cpu}`
}
