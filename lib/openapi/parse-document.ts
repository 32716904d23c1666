import { Composer, Lexer, Parser } from 'yaml';
import type { CST, Document } from 'yaml';

import { parseJsonBody } from '../protocol/json-body';
import { checkDocument, MAX_DEPTH, rejected } from './check-document';

/** What the parser stacks around the collections themselves: the stream, the document, a scalar. */
const AROUND = 8;

/**
 * An OpenAPI document, or any other JSON or YAML, from its text; a byte order mark is passed over. YAML is read by the core schema of
 * version 1.2: there are no dates, `no` is text, and `<<` is a name like any other.
 *
 * @throws PaginationError `SPEC_REJECTED` for text that is neither, is nested too deep, or holds aliases that make it too large: it is
 * refused before anything is expanded.
 */
export function parseDocument(text: string): unknown {
  const json = /^\uFEFF?\s*[[{]/.test(text)
    ? parseJsonBody(text, 'application/json', MAX_DEPTH)
    : undefined;
  const value = json?.ok === true ? json.value : parseYaml(text.replace(/^\uFEFF/, ''));
  checkDocument(value);
  return value;
}

function parseYaml(text: string): unknown {
  const [document, second] = compose(text);
  if (second !== undefined) throw rejected('the text holds several documents');
  const [error] = document?.errors ?? [];
  if (error !== undefined) {
    const line = text.slice(0, error.pos[0]).split('\n').length;
    throw rejected(`line ${String(line)}: ${error.message}`);
  }
  try {
    // Aliases become the one object they stand for; what that may grow to is judged by its size and not by their count.
    const value: unknown = document?.toJS({ maxAliasCount: -1 });
    return value;
  } catch (error) {
    throw rejected(error instanceof Error ? error.message : 'it is no YAML');
  }
}

function compose(text: string): readonly Document.Parsed[] {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false, // the library compares every key with every other
    logLevel: 'silent',
  });
  return [...composer.compose(tokensOf(text), true, text.length)];
}

/** The parser's own stack tells the depth while the text is read, before anything is built of it. */
function tokensOf(text: string): readonly CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH + AROUND) {
      throw rejected(`it is nested deeper than ${String(MAX_DEPTH)} levels`);
    }
  }
  tokens.push(...parser.end());
  return tokens;
}
