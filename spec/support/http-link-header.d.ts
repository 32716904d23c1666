declare module 'http-link-header' {
  const LinkHeader: {
    parse(text: string): { refs: { uri: string; rel?: string; title?: string }[] };
  };
  export = LinkHeader;
}
