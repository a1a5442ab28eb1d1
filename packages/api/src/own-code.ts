/** Which packages of the heaps of a case are the user's own code. */
import { z } from 'zod'

/** Classes without a package. */
export const DEFAULT_PACKAGE = '(default package)'
const MOST_PACKAGES = 50

/** `com.acme`: it and all below it. */
export const OwnPackage = z
  .string()
  .max(200)
  .refine(
    (name) => name === DEFAULT_PACKAGE || /^[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u.test(name),
    'a package is written as com.acme',
  )
export type OwnPackage = z.infer<typeof OwnPackage>

export const OwnPackages = z.array(OwnPackage).max(MOST_PACKAGES)

/** `PUT /api/cases/:caseId/own-code` */
export const OwnCode = z.object({
  packages: OwnPackages.nullable().describe(
    'Prefixes of packages, each with all below it; null: told from what the heap itself says.',
  ),
})
export type OwnCode = z.infer<typeof OwnCode>
