import { jsonErrorIndex } from './json-error-index';

/** The value of a body, or why there is none; `position` counts bytes of UTF-8 from 0. */
export type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly code: 'BAD_JSON' | 'BAD_CONTENT';
      readonly message: string;
      readonly position?: number | undefined;
    };

/** Levels of arrays and objects beyond which a body is refused. */
const MAX_DEPTH = 512;

/** With a version behind it, it is the JSON protocol of AWS: `application/x-amz-json-1.1`. */
const JSON_TYPE = /^(?:application|text)\/(?:x-)?json$|\+json$|^application\/x-amz-json-[\d.]+$/;

/** Types that servers put on JSON when they are careless; the text decides. */
const LOOSE_TYPE =
  /^$|^text\/plain$|^(?:application|binary)\/octet-stream$|^(?:application|text)\/(?:x-)?javascript$|^application\/vnd\.[^+]*$/;

/**
 * Parses the text of a JSON body; a byte order mark before it is passed over. `BAD_CONTENT`: the content type or the text
 * is of something else, HTML for one, or is nested too deep; asking again would not help. `BAD_JSON`: damaged or cut short.
 */
export function parseJsonBody(
  text: string,
  contentType?: string,
  maxDepth: number = MAX_DEPTH,
): JsonBody {
  const type = mediaType(contentType);
  if (!JSON_TYPE.test(type) && !LOOSE_TYPE.test(type)) {
    return badContent(`Expected JSON, got content of type ${JSON.stringify(type.slice(0, 80))}`);
  }
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  // JSON.parse itself takes any depth, but what walks the value afterwards need not.
  if (isDeeper(json, maxDepth)) {
    return badContent(`JSON is nested deeper than ${String(maxDepth)} levels`);
  }
  try {
    const value: unknown = JSON.parse(json);
    return { ok: true, value };
  } catch {
    if (/^\s*</.test(json))
      return badContent('Expected JSON, got text that looks like HTML or XML');
    return badJson(text, text.length - json.length + (jsonErrorIndex(json) ?? json.length));
  }
}

function badContent(message: string): JsonBody {
  return { ok: false, code: 'BAD_CONTENT', message };
}

function badJson(text: string, index: number): JsonBody {
  const empty = text.trim() === ''; // takes a byte order mark for a blank
  const position = empty ? 0 : utf8Length(text, index);
  const message = empty
    ? 'Expected JSON, got an empty body'
    : index >= text.length
      ? `JSON ends too early, at byte ${String(position)}`
      : `Not JSON from byte ${String(position)} on`;
  return { ok: false, code: 'BAD_JSON', message, position };
}

function mediaType(contentType: string | undefined): string {
  return (contentType ?? '')
    .replace(/[;,].*$/s, '')
    .trim()
    .toLowerCase();
}

/** Whether brackets outside of strings nest deeper than `max`; says nothing about whether the text is JSON. */
function isDeeper(text: string, max: number): boolean {
  // What opens no more than `max` brackets cannot nest deeper, and the runtime finds them faster than a loop does.
  const objects = countUpTo(text, '{', max + 1);
  if (objects + countUpTo(text, '[', max + 1 - objects) <= max) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = closingQuote(text, at + 1);
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > max) return true;
    } else if (code === 0x7d || code === 0x5d) {
      depth--;
    }
  }
  return false;
}

function countUpTo(text: string, mark: string, most: number): number {
  let count = 0;
  for (let at = -1; count < most; count++) {
    at = text.indexOf(mark, at + 1);
    if (at < 0) break;
  }
  return count;
}

function closingQuote(text: string, from: number): number {
  // Names and most values are short; what is long is searched by the runtime, unless a backslash is near its quote.
  const soon = Math.min(from + 16, text.length);
  let at = from;
  for (; at < soon; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at++;
  }
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    // An odd number of backslashes before it makes it a part of the text; `at` stands behind a whole character.
    let backslashes = 0;
    while (quote - backslashes - 1 >= at && text.charCodeAt(quote - backslashes - 1) === 0x5c) {
      backslashes++;
    }
    if (backslashes % 2 === 0) return quote;
    at = quote + 1;
  }
}

function utf8Length(text: string, end: number): number {
  return new TextEncoder().encode(text.slice(0, end)).length;
}
