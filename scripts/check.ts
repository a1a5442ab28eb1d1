/** `npm run check`: everything but the API and browser tests. */
import { CHECK_STEPS } from './check-steps.ts'
import { printFailures, runSteps } from './steps.ts'

const outcomes = await runSteps(CHECK_STEPS)
printFailures(outcomes)
if (outcomes.some(({ failed }) => failed)) process.exitCode = 1
