import { invalidInput } from './errors.ts';

const CONTROL = /\p{Cc}/u;

/**
 * Checks a text that a client gives.
 * @param what it is, for the message
 * @throws InvalidInputError for one that is too long, holds control characters, or is no valid Unicode
 */
export function checkText(text: string, what: string, maxLength: number, path: readonly string[]): string {
  if (text.length > maxLength) {
    throw invalidInput(
      path,
      `The ${what} must have at most ${maxLength} characters, but has ${text.length}.`,
    );
  }
  if (CONTROL.test(text) || !text.isWellFormed()) {
    throw invalidInput(path, `The ${what} must be well-formed Unicode without control characters.`);
  }
  return text;
}
