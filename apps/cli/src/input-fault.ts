/** The input is at fault: exit code 1, with the message on standard error. */
export class InputFault extends Error {}
