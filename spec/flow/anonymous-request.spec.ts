import { anonymousRequest } from '../../lib/flow/anonymous-request';
import { deepFreeze } from '../support/deep-freeze';

describe('a request for a foreign origin', () => {
  it('has of its headers only those that say what is accepted', () => {
    const neutral = {
      accept: 'application/json',
      'Accept-Charset': 'utf-8',
      'accept-encoding': 'gzip',
      'ACCEPT-LANGUAGE': 'de',
    };
    const own = {
      authorization: 'Bearer planted',
      cookie: 'a=planted',
      'x-accept': 'planted',
      'accept-key': 'planted',
      'accept-language-key': 'planted',
      accepted: 'planted',
    };
    const request = deepFreeze({ url: 'https://files.test/1', headers: { ...own, ...neutral } });
    expect(anonymousRequest(request)).toEqual({
      url: 'https://files.test/1',
      headers: neutral,
      anonymous: true,
    });
  });

  it('is the request in all else, also without headers', () => {
    const request = { method: 'POST', url: 'https://files.test/1', body: { a: 1 } };
    expect(anonymousRequest(request)).toEqual({ ...request, headers: {}, anonymous: true });
  });
});
