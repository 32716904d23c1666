import { defaultPagination } from '../../lib/strategy/default-pagination';
import { deepFreeze } from '../support/deep-freeze';
import { replyOf } from '../support/reply-of';

const request = deepFreeze({ url: '/items', headers: { accept: 'application/json' } });
const page2 = 'https://api.example.com/v1/items?page=2';

describe('defaultPagination', () => {
  it('follows the Link header', () => {
    const strategy = defaultPagination();
    const reply = replyOf([1], { headers: { link: '<?page=2>; rel="next"' } });
    const reading = strategy.read(strategy.start(request), reply);
    expect(reading).toMatchObject({ kind: 'link', items: [1] });
    expect(reading.next()).toBe(page2);
    expect(JSON.parse(JSON.stringify(strategy.at(request, page2)))).toEqual({
      url: page2,
      headers: request.headers,
    });
  });

  it.each<Record<string, string>>([
    {},
    { link: '' },
    { link: '</style.css>; rel=preload' },
    { 'x-link': '<?page=2>; rel=next' },
  ])('asks for a strategy where the first reply has the headers %j', (headers) => {
    const strategy = defaultPagination();
    const read = () =>
      strategy.read(request, replyOf({ data: [1], next_cursor: 'k2' }, { headers }));
    expect(read).toThrow(TypeError);
    for (const name of ['cursor', 'link', 'number', 'offset']) {
      expect(read).toThrow(`${name}Pagination`);
    }
    expect(read).toThrow('singlePage');
    expect(read).toThrow('pagination: cursorPagination({');
  });

  it('ends with a page that has no next link, the first too', () => {
    const strategy = defaultPagination();
    for (const rel of ['last', 'prev', 'first', 'self', 'PREVIOUS']) {
      const reply = replyOf([1], { headers: { link: `<?page=1>; rel=${rel}` } });
      expect(strategy.read(request, reply).next()).toBeUndefined();
    }
  });

  it('ends with a later page that has no Link header at all, also through copies of the request', () => {
    const strategy = defaultPagination();
    const sent = { ...strategy.at(request, page2), anonymous: true as const };
    const reading = strategy.read(sent, replyOf([2]));
    expect(reading.items).toEqual([2]);
    expect(reading.next()).toBeUndefined();
  });

  it('keeps no state', () => {
    const strategy = defaultPagination();
    strategy.at(request, page2);
    expect(() => strategy.read(request, replyOf([1]))).toThrow(TypeError);
  });
});
