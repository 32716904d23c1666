const WHOLE = new Set(
  'key token auth sig code sid pwd pass sas session jwt bearer hmac cookie nonce'.split(' '),
);
const WITHIN =
  /accesstoken|apikey|apitoken|authtoken|refreshtoken|idtoken|usertoken|secret|passw|signature|credential|authorization|sessionid|privatekey|accesskey|subscriptionkey|bearertoken/;
const SIGNED_URL = /^x(?:amz|goog|ms)/;

/** Whether a parameter of this name usually carries a credential. Page tokens and cursors do not. */
export function isCredentialName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return WHOLE.has(plain) || WITHIN.test(plain) || SIGNED_URL.test(plain);
}
