import { checkText } from '../check-text.ts';
import { invalidInput } from '../errors.ts';

const MAX_TEXT_LENGTH = 1_000;
const MAX_TAGS = 50;
const MAX_TAG_LENGTH = 200;

/**
 * Reads the text of a search: its words with one space between them.
 * @param path where it stands, for the message
 * @throws InvalidInputError for more than 1,000 characters, and for what is no text
 */
export function parseSearchText(text: string, path: readonly string[]): string {
  return checkText(text.trim().replaceAll(/\s+/gu, ' '), 'text to look for', MAX_TEXT_LENGTH, path);
}

/**
 * Reads the tags of a search, each once.
 * @throws InvalidInputError for more than 50, and for one that is blank, longer than 200 characters, or no text
 */
export function parseTags(tags: readonly string[], path: readonly string[]): string[] {
  if (tags.length > MAX_TAGS) {
    throw invalidInput(path, `At most ${MAX_TAGS} tags can be looked for, but ${tags.length} were given.`);
  }
  return [...new Set(tags.map((tag, index) => parseTag(tag, [...path, String(index)])))].toSorted();
}

function parseTag(tag: string, path: readonly string[]): string {
  if (tag.trim() === '') throw invalidInput(path, 'A tag must not be blank.');
  return checkText(tag, 'tag', MAX_TAG_LENGTH, path);
}
