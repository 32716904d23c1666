/*
 * The same for every client: three retries and three seconds for a request, by the client's own options where it has them,
 * in what is written by hand around it where that is usual, and not at all elsewhere.
 */
export const RETRIES = 3;
export const TIMEOUT = 3000;
/** A credential, as each client sends its own. */
export const TOKEN = 'peer-token';

/**
 * One GET as careful people write it: a time limit, the status looked at.
 * @param {string} url
 * @returns {Promise<any>}
 */
export async function getJson(url) {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${TOKEN}` },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/**
 * The address of the page after `page` in a list by cursor or number; `undefined` at its end.
 * @param {{ url: string, flavour: string }} list
 * @param {{ items: unknown[], next_cursor?: string | null } | undefined} page
 * @param {number} number of the next page
 * @returns {string | undefined}
 */
export function urlAfter({ url, flavour }, page, number) {
  if (flavour === 'number') {
    return page?.items.length === 0 ? undefined : `${url}/items?page=${number}`;
  }
  if (page === undefined) return `${url}/items`;
  return page.next_cursor ? `${url}/items?cursor=${page.next_cursor}` : undefined;
}
