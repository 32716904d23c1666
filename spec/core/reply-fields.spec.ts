import { replyFields, shorten } from '../../lib/core/reply-fields';

describe('what an error says of a reply', () => {
  it('is its status, the headers that tell about it, and no others', () => {
    const headers = {
      'content-type': 'text/html',
      'retry-after': '3',
      'x-ratelimit-remaining': '0',
      'x-rate-limit-reset': 9,
      server: 'nginx',
      'set-cookie': 'session=planted',
      authorization: 'Bearer planted',
      'x-own': 'of the API',
      'content-typed': 'none',
    };
    expect(replyFields({ status: 503, headers }, [])).toEqual({
      status: 503,
      headers: {
        'content-type': 'text/html',
        'retry-after': '3',
        'x-ratelimit-remaining': '0',
        'x-rate-limit-reset': '9',
        server: 'nginx',
      },
      requestId: undefined,
    });
  });

  it.each([
    ['x-request-id'],
    ['request-id'],
    ['x-correlation-id'],
    ['x-amzn-requestid'],
    ['x-amz-request-id'],
    ['x-ms-request-id'],
    ['x-trace-id'],
    ['cf-ray'],
  ])('names the request by %s', (name) => {
    const headers = { via: '1.1 proxy', [name]: 'r-1' };
    expect(replyFields({ status: 200, headers }, [])).toEqual({
      status: 200,
      headers,
      requestId: 'r-1',
    });
  });

  it('takes the name that says most of several, also an empty one', () => {
    const headers = { 'cf-ray': 'c', 'x-request-id': '' };
    expect(replyFields({ status: 200, headers }, []).requestId).toBe('');
  });

  it('is rid of what was sent, and short', () => {
    const headers = { 'x-request-id': 'id of planted-secret' };
    const { requestId, headers: told } = replyFields({ status: 200, headers }, ['planted-secret']);
    expect([requestId, told['x-request-id']]).toEqual(['id of ***', 'id of ***']);
    expect(shorten('a '.repeat(50_000), []).length).toBeLessThan(3000);
  });
});
