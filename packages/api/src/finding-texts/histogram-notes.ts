/** The sentences of notes about class histograms, for web, API and command line. */
import type { HistogramNote } from '../class-histograms.ts'
import { count, duration, size } from './figures.ts'
import type { FindingLanguage } from './catalogue.ts'

export function histogramNoteText(note: HistogramNote, language: FindingLanguage): string {
  return language === 'zh' ? chinese(note) : english(note)
}

function english(note: HistogramNote): string {
  switch (note.id) {
    case 'garbage-counted':
      return note.certain
        ? 'Garbage is counted too: growth may be what the next collection frees. jmap -histo:live counts living objects only.'
        : 'Nothing says whether garbage is counted too (without :live it is): growth may be what the next collection frees.'
    case 'cut-off':
      return 'A histogram is cut off: it lists the largest classes only, and of the others nothing is known.'
    case 'times-guessed':
      return 'When some of them were taken is a guess, so nothing is said per hour. The times can be set on the timeline.'
    case 'different-processes':
      return `These histograms are of different processes (${note.pids.join(', ')}): differences need not be growth.`
    case 'dump-drops-unreachable':
      return 'The figures of the dump are of objects that a GC root reaches; the text may count garbage too.'
    case 'dump-removed':
      return `The dump holds ${count(note.objects)} more objects (${size(note.bytes / 1024)}) that no GC root reaches; its figures leave them out.`
    case 'taken-apart': {
      if (note.guessed)
        return 'When the text was taken is a guess; the longer before or after the dump, the more has come and gone in between.'
      const apart = duration(Math.abs(note.seconds), 'en')
      return `The text was taken ${apart} ${note.seconds < 0 ? 'before' : 'after'} the dump: what came and went in between differs.`
    }
    case 'sizes-computed':
      return 'The bytes of the text are the JVM’s own; those of the dump are computed from a layout of objects that is assumed.'
    case 'hidden-names':
      return `${count(note.classes)} hidden classes (lambdas) have names that differ from run to run and do not match.`
  }
}

function chinese(note: HistogramNote): string {
  switch (note.id) {
    case 'garbage-counted':
      return note.certain
        ? '其中包含垃圾对象：增长的部分可能会被下一次回收释放。jmap -histo:live 只统计存活对象。'
        : '未注明是否包含垃圾对象（不带 :live 即包含）：增长的部分可能会被下一次回收释放。'
    case 'cut-off':
      return '有直方图被截断：只列出了最大的类，其余的类情况未知。'
    case 'times-guessed':
      return '部分直方图的时间是推测的，因此不给出每小时的数值。可以在时间线上设置时间。'
    case 'different-processes':
      return `这些直方图来自不同的进程（${note.pids.join('、')}）：差异不一定是增长。`
    case 'dump-drops-unreachable':
      return '转储的数值只包含 GC 根可达的对象；文本可能还统计了垃圾对象。'
    case 'dump-removed':
      return `转储中另有 ${count(note.objects)} 个对象（${size(note.bytes / 1024)}）没有任何 GC 根可达，未计入其数值。`
    case 'taken-apart': {
      if (note.guessed) return '文本的时间是推测的；与转储相隔越久，期间产生和消失的对象就越多。'
      return `文本比转储${note.seconds < 0 ? '早' : '晚'} ${duration(Math.abs(note.seconds), 'zh')}：期间产生和消失的对象会造成差异。`
    }
    case 'sizes-computed':
      return '文本中的字节数由 JVM 给出；转储的字节数按假定的对象布局计算。'
    case 'hidden-names':
      return `${count(note.classes)} 个隐藏类（lambda）的名字每次运行都不同，无法对应。`
  }
}
