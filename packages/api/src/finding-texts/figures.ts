/** Figures as they stand in sentences of both languages. */

/** At most two decimals, none that is 0: `99.98`, `1.2`, `7`. */
export function figure(value: number): string {
  return String(Number(value.toFixed(Math.abs(value) >= 0.1 ? 2 : 4)))
}

export function percent(value: number): string {
  return `${figure(value)} %`
}

/** `3,224` */
export function count(value: number): string {
  return value.toLocaleString('en')
}

/** @param kb KB of 1,024 bytes. */
export function size(kb: number): string {
  if (Math.abs(kb) >= 1024 * 1024) return `${figure(kb / 1024 / 1024)} GiB`
  return Math.abs(kb) >= 1024 ? `${figure(kb / 1024)} MiB` : `${figure(kb)} KiB`
}

/** `1 young collection`, `3 young collections`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

const UNITS = [
  [86_400, 'day', '天'],
  [3600, 'hour', '小时'],
  [60, 'minute', '分钟'],
  [1, 'second', '秒'],
] as const

/** The largest unit of which there are at least two: `90 seconds`, `3.5 hours`. */
export function duration(seconds: number, language: 'en' | 'zh'): string {
  const [length, english, chinese] = UNITS.find(([unit]) => seconds >= 2 * unit) ?? UNITS[3]
  const amount = length === 1 ? figure(Number(seconds.toFixed(1))) : String(Number((seconds / length).toFixed(1)))
  return language === 'zh' ? `${amount} ${chinese}` : `${amount} ${english}${amount === '1' ? '' : 's'}`
}

/** The unit of time in which a slope has a readable figure, and its seconds. */
export function slopeUnit(perSecond: number): readonly [seconds: number, english: string, chinese: string] {
  if (perSecond >= 0.1) return [1, 'second', '秒']
  return perSecond * 60 >= 0.1 ? [60, 'minute', '分钟'] : [3600, 'hour', '小时']
}
