/** A name as a field of RFC 4180; one that a spreadsheet would take for a formula is marked as text. */
export function csvName(name: string): string {
  const text = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
