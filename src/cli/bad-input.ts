/** What the caller got wrong, in a sentence for standard error; the exit code is 2. */
export class BadInput extends Error {}
