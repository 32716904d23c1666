const { imul } = Math;

/**
 * A 64-bit hash of a text as 16 hexadecimal digits. Fast and well spread, so that two texts are alike by accident once in
 * many billions; not cryptographic: it neither hides a text nor withstands one made to collide.
 */
export function hashText(text: string): string {
  let a = 0x9e3779b9 ^ text.length;
  let b = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Multiplying carries changes up, the shift brings them down again.
    a = imul(a ^ unit, 0x9e3779b1);
    a ^= a >>> 15;
    b = imul(b ^ unit, 0x85ebca77);
    b ^= b >>> 13;
  }
  a = mix(a ^ imul(b, 0xc2b2ae3d));
  b = mix(b ^ imul(a, 0x27d4eb2f));
  return hex(a) + hex(b);
}

/** The closing step of MurmurHash3: every input bit reaches every output bit. */
export function mix(value: number): number {
  let mixed = imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

/** A hash of 16 hexadecimal digits in 4 characters, to keep many: joined text stays in pieces in V8, at three times the memory. */
export function packHash(hash: string): string {
  const unit = (at: number) => parseInt(hash.slice(at, at + 4), 16);
  return String.fromCharCode(unit(0), unit(4), unit(8), unit(12));
}
