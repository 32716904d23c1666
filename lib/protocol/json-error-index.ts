type Expect = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

const DIGIT = /\d/;
const HEX = /[\da-f]/i;

/**
 * The index at which a text stops being JSON (RFC 8259), its length if it only ends too early; `undefined` if it is JSON.
 * One pass, no recursion. The messages of `JSON.parse` tell it too, but differently in each engine and version.
 */
export function jsonErrorIndex(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let expect: Expect = 'value';
  let at = 0;
  for (;;) {
    while (isBlank(text.charCodeAt(at))) at++;
    const char = text.charAt(at);
    if (char === '') return expect === 'nothing' ? undefined : at;
    const inner = open.at(-1);
    if (expect === 'nothing') return at;
    if (expect === 'colon') {
      if (char !== ':') return at;
      expect = 'value';
      at++;
    } else if (closes(char, inner, expect)) {
      open.pop();
      expect = open.length === 0 ? 'nothing' : 'commaOrEnd';
      at++;
    } else if (expect === 'commaOrEnd') {
      if (char !== ',') return at;
      expect = inner === '{' ? 'key' : 'value';
      at++;
    } else if (expect === 'key' || expect === 'keyOrEnd') {
      if (char !== '"') return at;
      const end = stringEnd(text, at);
      if (end.bad) return end.at;
      expect = 'colon';
      at = end.at;
    } else if (char === '{' || char === '[') {
      open.push(char);
      expect = char === '{' ? 'keyOrEnd' : 'valueOrEnd';
      at++;
    } else {
      const end = scalarEnd(text, at);
      if (end.bad) return end.at;
      expect = inner === undefined ? 'nothing' : 'commaOrEnd';
      at = end.at;
    }
  }
}

interface End {
  readonly at: number;
  readonly bad: boolean;
}

function closes(char: string, inner: '{' | '[' | undefined, expect: Expect): boolean {
  if (char === '}') {
    return inner === '{' && (expect === 'keyOrEnd' || expect === 'commaOrEnd');
  }
  return char === ']' && inner === '[' && (expect === 'valueOrEnd' || expect === 'commaOrEnd');
}

function scalarEnd(text: string, at: number): End {
  switch (text.charAt(at)) {
    case '"':
      return stringEnd(text, at);
    case 't':
      return wordEnd(text, at, 'true');
    case 'f':
      return wordEnd(text, at, 'false');
    case 'n':
      return wordEnd(text, at, 'null');
    default:
      return numberEnd(text, at);
  }
}

function wordEnd(text: string, from: number, word: string): End {
  for (let i = 0; i < word.length; i++) {
    if (text.charAt(from + i) !== word.charAt(i)) return { at: from + i, bad: true };
  }
  return { at: from + word.length, bad: false };
}

function stringEnd(text: string, quote: number): End {
  for (let at = quote + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { at: at + 1, bad: false };
    if (code < 0x20) return { at, bad: true };
    if (code !== 0x5c) continue;
    at++;
    if (text.charAt(at) === 'u') {
      for (let digits = 0; digits < 4; digits++) {
        at++;
        if (!HEX.test(text.charAt(at))) return { at: Math.min(at, text.length), bad: true };
      }
    } else if (at >= text.length || !'"\\/bfnrt'.includes(text.charAt(at))) {
      return { at, bad: true };
    }
  }
  return { at: text.length, bad: true };
}

function numberEnd(text: string, from: number): End {
  let at = from;
  const digits = (): boolean => {
    const start = at;
    while (DIGIT.test(text.charAt(at))) at++;
    return at > start;
  };
  if (text.charAt(at) === '-') at++;
  if (text.charAt(at) === '0') at++;
  else if (!digits()) return { at, bad: true };
  if (text.charAt(at) === '.') {
    at++;
    if (!digits()) return { at, bad: true };
  }
  if (text.charAt(at) === 'e' || text.charAt(at) === 'E') {
    at++;
    if (text.charAt(at) === '+' || text.charAt(at) === '-') at++;
    if (!digits()) return { at, bad: true };
  }
  return { at, bad: false };
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
