const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Text as base64url of its UTF-8 bytes, without padding (RFC 4648 section 5). A lone surrogate becomes U+FFFD. */
export function toBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  // Joined once: engines keep text that was added to bit by bit as a tree of its bits, ten times its size.
  const encoded: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (byte(bytes, i) << 16) | (byte(bytes, i + 1) << 8) | byte(bytes, i + 2);
    encoded.push(ALPHABET.charAt(group >> 18), ALPHABET.charAt((group >> 12) & 63));
    if (left > 1) encoded.push(ALPHABET.charAt((group >> 6) & 63));
    if (left > 2) encoded.push(ALPHABET.charAt(group & 63));
  }
  return encoded.join('');
}

/**
 * The text that {@link toBase64Url} would encode like this, else `undefined`: foreign characters, padding, leftover bits
 * and bytes that are no UTF-8 are damage.
 */
export function fromBase64Url(encoded: string): string | undefined {
  const rest = encoded.length % 4;
  if (rest === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((encoded.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const char of encoded) {
    const value = valueOf(char);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[at++] = (bits >> count) & 0xff;
    }
  }
  if ((bits & ((1 << count) - 1)) !== 0) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function byte(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

function valueOf(char: string): number {
  const code = char.length === 1 ? char.charCodeAt(0) : -1;
  if (code >= 65 && code <= 90) return code - 65; // A-Z
  if (code >= 97 && code <= 122) return code - 71; // a-z
  if (code >= 48 && code <= 57) return code + 4; // 0-9
  if (code === 45) return 62; // -
  return code === 95 ? 63 : -1; // _
}
