import { maskCredentials } from '../protocol/mask-credentials';

import { isCredentialName } from './credential-name';

/** `name=value` in a query, a path or a fragment, also as JSON and HTML write its marks. */
const PAIR = /([?&;#]|\\u0026)([^\s?&;#=\\"'<>]{1,100})=([^\s&;#\\"'<>]+)/gi;
/** The same in a link that is a parameter of another one. */
const ENCODED_PAIR =
  /(%(?:3f|26|23|3b))([\w.~-]{1,100})%3d((?:[\w.~-]|%(?!26|23|3b)[\da-f]{2})+)/gi;

/** What a server sent, as it may be shown: without the values of what usually carries a credential. */
export function maskReply(text: string): string {
  return maskLinks(maskCredentials(text));
}

/** The text without the values of credentials in its links, such as the signature of a signed one. Takes time linear in the text. */
export function maskLinks(text: string): string {
  const plain = text.replace(PAIR, (pair, mark: string, name: string) =>
    isCredentialName(decoded(name)) ? `${mark}${name}=***` : pair,
  );
  return plain.replace(ENCODED_PAIR, (pair, mark: string, name: string) =>
    isCredentialName(name) ? `${mark}${name}%3D***` : pair,
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
