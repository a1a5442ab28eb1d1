/** Which values look like secrets, by their name or by themselves, and what is left of them to be shown. */

/** `name`: the name says so, nothing of the value is shown. `look`: parts of the value look so, the rest is shown. */
export type SecretBy = 'name' | 'look'

const DOTS = '••••••'

const SECRET_NAME =
  /passw|passphrase|passcode|(^|[^a-z])pwd|secret|token|credential|(api|private|access|account|encryption|signing|shared|license)[-_. ]?key([^a-z]|$)/i
/** The working directory of a shell is none. */
const NO_SECRET = new Set(['PWD', 'OLDPWD'])

/** Each has the part that is hidden in its first group. */
const SECRET_PARTS: readonly RegExp[] = [
  // user:password@host
  /:\/\/[^/\s:@]*:([^/\s@]+)@/g,
  // password=…, --db.password …, "secret": "…"
  /(?:passw(?:or)?d|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key|credentials?)["']?\s*[=:]\s*["']?([^\s"'&;,]+)/gi,
  /(?:bearer|basic)\s+([\w+/.~-]{12,}=*)/gi,
  // JSON web tokens
  /(eyJ[\w-]{8,}\.[\w-]+\.[\w-]*)/g,
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*)/g,
  // keys of AWS, GitHub, Slack, Google, Stripe
  /\b((?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_\w{20,}|xox[abprs]-[\w-]{10,}|AIza[\w-]{30,}|[rs]k_live_\w{16,})/g,
  /(?:^|[\s=,:;])([0-9a-f]{32,})(?=$|[\s,:;])/gi,
]

export interface Masked {
  readonly text: string
  /** Undefined: nothing was hidden. */
  readonly by: SecretBy | undefined
}

export function masked(name: string, value: string): Masked {
  if (value === '') return { text: value, by: undefined }
  if (SECRET_NAME.test(name) && !NO_SECRET.has(name) && !isPlainSetting(value)) return { text: DOTS, by: 'name' }
  let text = value
  for (const pattern of SECRET_PARTS)
    text = text.replace(pattern, (whole: string, part: string) => whole.replace(part, () => DOTS))
  if (text === value && looksRandom(value)) text = DOTS
  return text === value ? { text, by: undefined } : { text, by: 'look' }
}

/** `token.validation=true`, `passwordLength=12`: switches and small numbers are worth no secrecy. */
function isPlainSetting(value: string): boolean {
  return /^(true|false|null|none|\d{1,3})$/i.test(value)
}

/** One long word of letters of both cases and digits in no order, such as a generated key in Base64. */
function looksRandom(value: string): boolean {
  if (!/^[\w+/-]{24,512}={0,2}$/.test(value) || /^\/|\/.*\/.*\//.test(value)) return false
  const count = (pattern: RegExp): number => value.match(pattern)?.length ?? 0
  return count(/\d/g) > 2 && count(/[A-Z]/g) > 2 && count(/[a-z]/g) > 2 && bitsPerUnit(value) > 4
}

/** Shannon's entropy. */
function bitsPerUnit(text: string): number {
  const counts = new Map<string, number>()
  for (const unit of text) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0)
}
