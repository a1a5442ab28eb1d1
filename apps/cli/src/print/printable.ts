const LONGEST = 300
/** Control characters, and the marks that reverse or hide text: names in a dump are as hostile as the dump. */
const UNSEEN = /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** Text from a dump for a terminal, on one line. */
export function printable(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  return cut.replace(UNSEEN, '\ufffd')
}
