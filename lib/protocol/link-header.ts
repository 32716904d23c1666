import { resolveLink } from './next-url';

/** One link of a `Link` header (RFC 8288). */
export interface Link {
  /** The target as written: absolute, or relative to the URL of the reply. */
  readonly target: string;
  /** The words of its first `rel`, in lower case. */
  readonly rels: readonly string[];
  /** What the link is about, if not the reply's own resource. */
  readonly anchor?: string | undefined;
  /** All parameters, names in lower case; the first of a name counts. */
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Reads the value of one or more `Link` headers joined by commas. What is no link is passed over. One pass over the
 * text, whatever it holds.
 * @see https://www.rfc-editor.org/rfc/rfc8288#appendix-B.2
 */
export function parseLinkHeader(text: string): readonly Link[] {
  return readLinks(text).links;
}

/** The links, and what belongs to none. */
function readLinks(text: string): { readonly links: readonly Link[]; readonly rest: string } {
  const scanner = new Scanner(text);
  const links: Link[] = [];
  let rest = '';
  while (!scanner.done) {
    scanner.skip(' \t\r\n,');
    if (scanner.peek() !== '<') {
      rest += `${scanner.until(',')},`;
      continue;
    }
    const target = scanner.target();
    if (target === undefined) {
      rest += scanner.until('');
      break;
    }
    rest += scanner.until(',;');
    links.push(toLink(target, readParams(scanner)));
  }
  return { links, rest };
}

/**
 * The target of the first link of this relation about the reply itself: a link whose `anchor` is not `replyUrl` is about
 * another resource.
 */
export function linkByRel(
  links: readonly Link[],
  rel: string,
  replyUrl?: string,
): string | undefined {
  const wanted = rel.toLowerCase();
  return links.find((link) => link.rels.includes(wanted) && isAbout(link, replyUrl))?.target;
}

const ODD = /[^\x20-\x7e]/;

/** Whether a header names a relation where no link of it can be read, as behind a target that is never closed. */
export function isBrokenLink(text: string, rel: string): boolean {
  const { links, rest } = readLinks(text);
  // Quotes that are none in HTTP stand in the relation itself.
  const odd = links.map(({ params }) =>
    ODD.test(params['rel'] ?? '') ? `;rel=${params['rel'] ?? ''}` : '',
  );
  const bare = (rest + odd.join(''))
    .replace(/\s+/g, ' ')
    .replace(/; ?(?!rel ?=)[\w*-]+ ?= ?"(?:[^"\\]|\\.)*"/gi, '');
  const isNamed = new RegExp(`\\brel ?= ?\\W? ?${rel}\\b`, 'i').test(bare);
  return isNamed && !links.some(({ rels }) => rels.includes(rel));
}

function isAbout({ anchor }: Link, replyUrl: string | undefined): boolean {
  if (anchor === undefined || anchor === '') return true;
  if (replyUrl === undefined) return false;
  const about = resolveLink(anchor, replyUrl);
  return about !== undefined && about === resolveLink(replyUrl, replyUrl);
}

function toLink(target: string, params: ReadonlyMap<string, string>): Link {
  const rel = params.get('rel') ?? '';
  const anchor = params.get('anchor');
  return {
    target,
    // Single quotes are no quotes in HTTP, but some servers write them.
    rels: rel
      .replace(/^'([^']*)'$/, '$1')
      .toLowerCase()
      .split(/\s+/)
      .filter(Boolean),
    ...(anchor === undefined ? {} : { anchor }),
    params: Object.fromEntries(params),
  };
}

function readParams(scanner: Scanner): ReadonlyMap<string, string> {
  const params = new Map<string, string>();
  for (;;) {
    scanner.until(',;');
    if (!scanner.take(';')) return params;
    scanner.skip(' \t');
    const name = scanner.until(',;=').trim().toLowerCase();
    const value = scanner.take('=') ? scanner.value() : '';
    if (name !== '' && !params.has(name)) params.set(name, value);
  }
}

/** A position in a text that only moves forward, which is what makes the parser linear. */
class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  peek(): string {
    return this.text.charAt(this.at);
  }

  take(char: string): boolean {
    if (this.peek() !== char) return false;
    this.at++;
    return true;
  }

  skip(chars: string): void {
    while (!this.done && chars.includes(this.peek())) this.at++;
  }

  until(stops: string): string {
    const from = this.at;
    while (!this.done && !stops.includes(this.peek())) this.at++;
    return this.text.slice(from, this.at);
  }

  /** Between `<` and `>`; `undefined` if it is never closed. */
  target(): string | undefined {
    const end = this.text.indexOf('>', this.at);
    if (end < 0) return undefined;
    const target = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return target.trim();
  }

  value(): string {
    this.skip(' \t');
    return this.take('"') ? this.quoted() : this.until(',;').trim();
  }

  private quoted(): string {
    let value = '';
    while (!this.done) {
      value += this.until('"\\');
      if (this.take('"')) return value;
      this.at++; // the backslash; what follows it stands for itself
      value += this.peek();
      this.at++;
    }
    return value;
  }
}
