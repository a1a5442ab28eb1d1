/** Names that are the same in two runs of one program: hidden and lambda classes get other numbers in every run. */
export function normalName(className: string): string {
  return className
    .replace(/\$\$Lambda(\$\d+)?(\/\d+)?([+/]0x[0-9a-f]+)?/g, '$$$$Lambda')
    .replace(/[+/]0x[0-9a-f]+/g, '')
    .replace(/\$Proxy\d+/g, '$$Proxy')
    .replace(/GeneratedMethodAccessor\d+/g, 'GeneratedMethodAccessor')
}
