/** Text as base64url of its UTF-8 bytes, without padding (RFC 4648 section 5). A lone surrogate becomes U+FFFD. */
export function toBase64Url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * The text that {@link toBase64Url} would encode like this, else `undefined`: foreign characters, padding, leftover bits
 * and bytes that are no UTF-8 are damage.
 */
export function fromBase64Url(encoded: string): string | undefined {
  try {
    const bytes = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const text = decoder.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
    // atob lets pass blanks, padding and leftover bits.
    return toBase64Url(text) === encoded ? text : undefined;
  } catch {
    return undefined;
  }
}
