const WHOLE = new Set(
  'key token auth sig code sid pwd pass sas session jwt bearer hmac cookie nonce'.split(' '),
);
const WITHIN =
  /accesstoken|apikey|apitoken|authtoken|refreshtoken|idtoken|usertoken|secret|passw|signature|credential|authorization|sessionid|privatekey|accesskey|subscriptionkey|bearertoken/;
/** Tokens are credentials but for those that say where a list goes on; keys are those of an application or a person. */
const TOKEN = /token$/;
const POSITION =
  /^(?:next|prev|previous|page|nextpage|pagination|paging|cursor|continuation|continue|resume|sync|delta|skip|start|scroll|after|before|list|state|end|last|first|marker|offset|nextsync|nextpagination|nextcontinuation|change|since|batch|query|search|pagestate)token$/;
const KEY =
  /(?:user|app|application|auth|license|client|consumer|account|service|master|admin)key$/;
const SIGNED_URL = /^x(?:amz|goog|ms|oss|cos|obs|tos)|^hdn(?:ea|ts|tl)$|^(?:otp|ticket)$/;

/** Every page asks for the names of the one before; servers may make up any number of others. */
const judged = new Map<string, boolean>();
const MOST_JUDGED = 256;
const LONGEST_JUDGED = 64;

/** Whether a parameter of this name usually carries a credential. Page tokens and cursors do not. */
export function isCredentialName(name: string): boolean {
  if (name.length > LONGEST_JUDGED) return judge(name);
  let isCredential = judged.get(name);
  if (isCredential === undefined) {
    isCredential = judge(name);
    if (judged.size >= MOST_JUDGED) judged.clear();
    judged.set(name, isCredential);
  }
  return isCredential;
}

function judge(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return (
    WHOLE.has(plain) ||
    WITHIN.test(plain) ||
    SIGNED_URL.test(plain) ||
    KEY.test(plain) ||
    (TOKEN.test(plain) && !POSITION.test(plain))
  );
}
