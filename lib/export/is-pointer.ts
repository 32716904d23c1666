import { parsePointer } from '../protocol/json-pointer';

/** Whether a text is a JSON pointer (RFC 6901). */
export function isPointer(text: string): boolean {
  try {
    parsePointer(text);
    return true;
  } catch {
    return false;
  }
}
