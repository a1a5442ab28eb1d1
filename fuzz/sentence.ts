/** What people read ends like a sentence and has nothing of a program in it. @throws when it does not */
export function isSentence(text: string): void {
  if (!/^[A-Z0-9"'<.(].*[.)"]$/su.test(text) || /\bundefined\b|\bNaN\b|\[object /.test(text) || text.length > 1000)
    throw new Error(`no sentence: ${JSON.stringify(text.slice(0, 300))}`)
}
