/** A name is only a label: its last part, without control characters. */
export function displayName(filename: string): string {
  const last = filename.split(/[/\\]/).findLast((part) => part !== '') ?? ''
  const clean = last.replace(/\p{C}/gu, '').trim().slice(0, 200)
  return clean === '' ? 'unnamed' : clean
}
