import { redactRequest } from '../../lib/core/redact';

const shown = (url: string) => redactRequest({ url }).url;

describe('redactRequest', () => {
  it('shows the method in capitals, and the URL as it is sent', () => {
    expect(redactRequest({ url: '/a' })).toEqual({ method: 'GET', url: '/a' });
    expect(
      redactRequest({ method: 'post', url: 'a/{id}', path: { id: 7 } }, 'https://h.test/v1'),
    ).toEqual({ method: 'POST', url: 'https://h.test/v1/a/7' });
  });

  it('shows short whole numbers of parameters that count, and masks all other values', () => {
    expect(shown('/a?page=2&per_page=100&limit=123456789&offset=0&q=x')).toBe(
      '/a?page=2&per_page=100&limit=123456789&offset=0&q=***',
    );
    expect(shown('/a?page=x&limit=1234567890&size=-1&start=1a&Skip=1')).toBe(
      '/a?page=***&limit=***&size=***&start=***&Skip=1',
    );
    expect(shown('/a?mypage=2&pages=2&page=&limit')).toBe('/a?mypage=***&pages=***&page=***&***');
    expect(shown('/a?page=2=3&=4&&x')).toBe('/a?page=***&=***&&***');
  });

  it.each(['page_number', 'pageSize', 'perPage', 'top', 'count', 'first', 'last', 'max_results'])(
    'takes %s for a parameter that counts',
    (name) => {
      expect(shown(`/a?${name}=5`)).toBe(`/a?${name}=5`);
    },
  );

  it('leaves out the fragment and masks no more of an address than its user info', () => {
    expect(shown('/a?page=1#token=x')).toBe('/a?page=1');
    expect(redactRequest({ url: '/{a', method: 'x' }).url).toBe('/{a');
    expect(shown('https://u:p@h.test/a')).toBe('https://h.test/a');
    expect(shown('//u:p@h.test/a@b')).toBe('//h.test/a@b');
    expect(shown('https://u@p@h.test/')).toBe('https://h.test/');
    expect(shown('/a//b@c')).toBe('/a//b@c');
    expect(shown('https://h.test?x=//a@b')).toBe('https://h.test?x=***');
  });

  it('masks path values that are named like credentials', () => {
    const path = { api_key: 'own1', id: 5 };
    expect(redactRequest({ url: '/{api_key}/{id}', path }).url).toBe('/***/5');
  });

  it('shows a URL that cannot be made as it was written, but for what is masked', () => {
    expect(redactRequest({ url: 'https://u:p@h.test/{id}?q=x#a\nb' }).url).toBe(
      'https://h.test/{id}?q=***',
    );
    expect(redactRequest({ url: 'https://h.test/{id}#a\nb' }).url).toBe('https://h.test/{id}');
    expect(shown('?q=x')).toBe('?q=***');
  });
});
