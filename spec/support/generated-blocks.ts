/** What stands between `<!-- name -->` and the next `<!-- end -->` of a page; undefined where there is no such block. */
export function blockOf(page: string, name: string): string | undefined {
  const start = `<!-- ${name} -->\n\n`;
  const at = page.indexOf(start);
  const end = page.indexOf('\n\n<!-- end -->', at);
  return at < 0 || end < 0 ? undefined : page.slice(at + start.length, end);
}

/** @throws Error if the page has no such block */
export function withBlock(page: string, name: string, text: string): string {
  const old = blockOf(page, name);
  if (old === undefined) throw new Error(`No block "${name}"`);
  const start = `<!-- ${name} -->\n\n`;
  return page.replace(`${start}${old}\n\n<!-- end -->`, () => `${start}${text}\n\n<!-- end -->`);
}
